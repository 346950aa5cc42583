package org.noisescape.experiments.mori.critical;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.mori.critical.CriticalMinimum.Prediction;

/** What {@link CriticalLearningRate} finds at its minima. */
final class CriticalNumbers {
  private CriticalNumbers() {}

  /** Numbers and tables. */
  static Findings findings(List<CriticalPoint> points) {
    CriticalComparison slides = CriticalComparison.of(points, Prediction.SLIDES);
    Measurements numbers =
        new Measurements()
            .judged(
                "rank correlation with the slides' eta_c",
                slides.rank(),
                slides.rankError(),
                1,
                CriticalCriterion.order(slides))
            .judged(
                "log-log slope against the slides' eta_c",
                slides.slope().slope(),
                slides.slope().standardError(),
                1,
                CriticalCriterion.proportional(slides));
    for (Prediction prediction : Prediction.values()) {
      String name = "ln(measured / %s)".formatted(prediction.label());
      SeedMean ratio = CriticalComparison.of(points, prediction).ratio();
      if (prediction == Prediction.SLIDES) {
        numbers.judged(
            name, ratio.mean(), ratio.standardError(), 0, CriticalCriterion.size(slides));
      } else {
        numbers.value(name, ratio.mean(), ratio.standardError(), 0);
      }
    }
    for (Prediction prediction : Prediction.values()) {
      CriticalComparison comparison = CriticalComparison.of(points, prediction);
      String label = prediction.label();
      numbers
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
    Findings found = Findings.of(numbers).note(CriticalCriterion.leftOut(points));
    return CriticalTables.add(found, points);
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
}
