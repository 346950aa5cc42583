package org.noisescape.experiments.mori.critical;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.mori.critical.CriticalMinimum.Prediction;

/** What {@link CriticalLearningRate} finds at its minima. */
final class CriticalNumbers {
  private CriticalNumbers() {}

  /** Numbers and tables. */
  static Findings findings(List<CriticalPoint> points) {
    Measurements numbers = judged(points, Prediction.SLIDES);
    for (Prediction prediction : Prediction.values()) {
      CriticalComparison comparison = CriticalComparison.of(points, prediction);
      String label = prediction.label;
      numbers
          .value(
              "ln(measured / predicted), " + label,
              comparison.ratio().mean(),
              comparison.ratio().standardError(),
              0)
          .value("rms of that, " + label, comparison.rootMeanSquare())
          .value("Pearson correlation of logs, " + label, comparison.correlation())
          .value("rank correlation, " + label, comparison.rank())
          .value(
              "log-log slope, " + label,
              comparison.slope().slope(),
              comparison.slope().standardError(),
              1);
    }
    finite(numbers, "ln(eta_c at half the speed / eta_c)", points, CriticalPoint::slowLogRatio);
    finite(
        numbers,
        "ln(eta_c by half the jump's factor / eta_c)",
        points,
        p -> p.factorLogRatio(CriticalPoint.JUMP - 1));
    finite(
        numbers,
        "ln(eta_c by twice the jump's factor / eta_c)",
        points,
        p -> p.factorLogRatio(CriticalPoint.JUMP + 1));
    byStage(numbers, points);
    return tables(judged(points, numbers).note(CriticalCriterion.leftOut(points)), points);
  }

  /** The numbers of the slides, and those of gradient descent alone. */
  static Findings judged(List<CriticalPoint> points, Measurements numbers) {
    return Findings.of(numbers)
        .rival(Prediction.STABILITY.label, judged(points, Prediction.STABILITY));
  }

  static Measurements judged(List<CriticalPoint> points, Prediction prediction) {
    return CriticalCriterion.judged(CriticalComparison.of(points, prediction), prediction.label);
  }

  /** Mean over the points that have the number. */
  private static void finite(
      Measurements into,
      String name,
      List<CriticalPoint> points,
      ToDoubleFunction<CriticalPoint> quantity) {
    into.mean(
        name,
        points.stream().filter(p -> Double.isFinite(quantity.applyAsDouble(p))).toList(),
        quantity);
  }

  /** η_c of each pre-training: geometric mean and spread over seeds. */
  private static void byStage(Measurements into, List<CriticalPoint> points) {
    Map<String, List<CriticalPoint>> stages =
        points.stream()
            .filter(CriticalPoint::usable)
            .collect(
                Collectors.groupingBy(
                    p -> "eta=%s B=%d".formatted(p.minimum().learningRate(), p.minimum().batch()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    stages.forEach(
        (name, seeds) -> {
          SeedMean measured = Measurements.over(seeds, p -> Math.log(p.critical()));
          SeedMean predicted =
              Measurements.over(seeds, p -> Math.log(p.predicted(Prediction.SLIDES)));
          double value = Math.exp(measured.mean());
          into.value(
              "eta_c of the minima of " + name,
              value,
              value * measured.standardError(),
              Math.exp(predicted.mean()));
        });
  }

  /** A replica on a ramp. */
  private record OnRamp(CriticalMinimum minimum, CriticalRamp ramp, int replica) {}

  /**
   * {@code tables/critical_learning_rate.csv}, {@code jumps.csv} and {@code ramps.csv} of a run
   * folder.
   */
  private static Findings tables(Findings findings, List<CriticalPoint> points) {
    List<OnRamp> replicas = new ArrayList<>();
    for (CriticalPoint p : points) {
      for (CriticalRamp ramp : List.of(p.ramp(), p.slow())) {
        for (int r = 0; r < ramp.replicas(); r++) {
          replicas.add(new OnRamp(p.minimum(), ramp, r));
        }
      }
    }
    return findings
        .table(
            Csv.of("critical_learning_rate", points)
                .column("initial_learning_rate", p -> p.minimum().learningRate())
                .column("initial_batch", p -> p.minimum().batch())
                .column("batch", CriticalPoint::batch)
                .column("seed", p -> p.minimum().seed())
                .column("loss", p -> p.minimum().loss())
                .column("largest", p -> p.minimum().largest())
                .column("effective_dimension", p -> p.minimum().effectiveDimension())
                .column("critical_learning_rate", CriticalPoint::critical)
                .column("standard_error", CriticalPoint::standardError)
                .column("replicas", p -> p.ramp().replicas())
                .column("censored", CriticalPoint::censored)
                .column("theory_slides", p -> p.predicted(Prediction.SLIDES))
                .column("theory_corrected", p -> p.predicted(Prediction.CORRECTED))
                .column("stability_limit", p -> p.predicted(Prediction.STABILITY)))
        .table(
            onRamp("jumps", replicas, o -> o.ramp().factors().length)
                .column("factor", e -> e.of().ramp().factors()[e.index()])
                .column(
                    "critical_learning_rate",
                    e -> e.of().ramp().critical()[e.index()][e.of().replica()]))
        .table(
            onRamp("ramps", replicas, o -> o.ramp().losses()[o.replica()].length)
                .column("learning_rate", e -> e.of().ramp().rate(e.index()))
                .column("loss", e -> e.of().ramp().losses()[e.of().replica()][e.index()]));
  }

  private static Csv<Csv.Entry<OnRamp>> onRamp(
      String name, List<OnRamp> replicas, ToIntFunction<OnRamp> count) {
    return Csv.each(name, replicas, count)
        .column("initial_learning_rate", e -> e.of().minimum().learningRate())
        .column("initial_batch", e -> e.of().minimum().batch())
        .column("seed", e -> e.of().minimum().seed())
        .column("hold", e -> e.of().ramp().rates().hold())
        .column("replica", e -> e.of().replica());
  }
}
