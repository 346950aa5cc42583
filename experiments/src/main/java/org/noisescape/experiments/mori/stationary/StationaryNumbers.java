package org.noisescape.experiments.mori.stationary;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.noisescape.dynamics.statistics.StationaryHistogram;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.theory.mori.LogLandscape;

/** What {@link Stationary} finds at its learning rates and batches. */
final class StationaryNumbers {
  private StationaryNumbers() {}

  /**
   * Numbers and tables.
   *
   * @param histogram of the point whose distribution is shown, if there is one
   */
  static Findings findings(List<StationaryPoint> points, Optional<StationaryHistogram> histogram) {
    Measurements numbers = judged(points, StationaryLaw.POWER);
    for (StationaryPoint p : points) {
      if (!StationaryCriterion.mayDecouple(p.theory())) {
        numbers.apart(name(p) + ", apart", p.estimate(), StationaryCriterion.apart(p));
      }
    }
    for (StationaryPoint p : points) {
      double exact = StationaryLaw.exactKurtosis(p.theory());
      if (!p.diverged() && Double.isFinite(exact)) {
        numbers.value(
            "excess kurtosis, eta=%s B=%d; theory: exactly for Gaussian inputs"
                .formatted(p.learningRate(), p.batch()),
            p.kurtosis().value(),
            p.kurtosis().standardError(),
            exact);
      }
    }
    for (double rate : rates(points)) {
      List<StationaryPoint> own =
          points.stream()
              .filter(p -> p.learningRate() == rate && !p.diverged())
              .filter(p -> StationaryCriterion.mayDecouple(p.theory()))
              .toList();
      ratio(numbers, "phi_d", rate, own, LogLandscape::correctedStationaryExponent);
      ratio(numbers, "phi of the text", rate, own, LogLandscape::stationaryExponent);
    }
    return StationaryTables.add(judged(points, numbers), points, histogram);
  }

  /** The numbers of the theory, and those of its rivals. */
  static Findings judged(List<StationaryPoint> points, Measurements numbers) {
    return Findings.of(numbers)
        .rivals(
            List.of(StationaryLaw.GAUSSIAN, StationaryLaw.TEXT),
            rival -> rival.label,
            rival -> judged(points, rival));
  }

  /** Exponents, and at each η the shape, held against those of a law. */
  static Measurements judged(List<StationaryPoint> points, StationaryLaw law) {
    Measurements numbers = new Measurements();
    for (StationaryPoint p : points) {
      if (StationaryCriterion.mayDecouple(p.theory())) {
        numbers.judged(name(p), p.estimate(), StationaryCriterion.exponent(p, law));
      }
    }
    for (double rate : rates(points)) {
      List<StationaryPoint> own =
          points.stream()
              .filter(p -> p.learningRate() == rate && StationaryCriterion.hasShape(p.theory()))
              .toList();
      if (!own.isEmpty()) {
        numbers.judged(
            "excess kurtosis over that of L^-phi_d, eta=" + rate,
            StationaryCriterion.shape(own),
            StationaryCriterion.shape(own, law));
      }
    }
    return numbers;
  }

  private static String name(StationaryPoint p) {
    return "phi, eta=%s B=%d%s"
        .formatted(p.learningRate(), p.batch(), p.diverged() ? ", diverged" : "");
  }

  private static List<Double> rates(List<StationaryPoint> points) {
    return points.stream().map(StationaryPoint::learningRate).distinct().toList();
  }

  /** Mean of φ over a theory at one η, judged points only. */
  private static void ratio(
      Measurements into,
      String name,
      double rate,
      List<StationaryPoint> points,
      ToDoubleFunction<LogLandscape> theory) {
    double mean =
        points.stream()
            .mapToDouble(p -> p.exponent() / theory.applyAsDouble(p.theory()))
            .average()
            .orElse(Double.NaN);
    double variance =
        points.stream()
            .mapToDouble(p -> Math.pow(p.standardError() / theory.applyAsDouble(p.theory()), 2))
            .sum();
    into.value(
        "mean phi / %s, eta=%s".formatted(name, rate),
        mean,
        points.isEmpty() ? Double.NaN : Math.sqrt(variance) / points.size(),
        1);
  }
}
