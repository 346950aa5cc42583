package org.noisescape.experiments.mori.networkpassage;

import java.util.List;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.experiments.mori.PassageSlope;
import org.noisescape.theory.mori.LogLandscape;

/** What {@link FirstPassageNetwork} finds at its learning rates. */
final class NetworkPassageNumbers {
  private NetworkPassageNumbers() {}

  /** Numbers and tables. */
  static Findings findings(
      List<NetworkPassageCurve> curves, NetworkPassageFit fit, HessianPoint minimum) {
    double n = minimum.effectiveDimension();
    Measurements numbers = judged(curves, NetworkPassageLaw.POWER, fit, n);
    for (NetworkPassageCurve curve : curves) {
      numbers.value(
          "r^2 of the line, eta=" + curve.theory().learningRate(), curve.slope().correlation());
    }
    numbers
        .value(
            "h of slope against B/eta; theory: lambda_1 of G",
            fit.freeCurvature(),
            fit.freeCurvatureError(),
            minimum.largest())
        .value("n of that line; theory: Eq. 44", fit.freeDimension(), Double.NaN, n);
    for (NetworkPassageCurve curve : curves) {
      PassageSlope early = curve.early();
      if (early.window().size() > 1) {
        numbers.value(
            "slope where all passed, eta=%s, c %s to %s; theory: n of Eq. 44"
                .formatted(curve.theory().learningRate(), early.from(), early.to()),
            early.slope(),
            early.standardError(),
            curve.theory().passageSlope(n));
      }
    }
    numbers.value("L*", minimum.loss());
    for (NetworkPassageCurve curve : curves) {
      numbers.value("least L/L* at the end, eta=" + curve.theory().learningRate(), curve.lowest());
    }
    int diverged = curves.stream().mapToInt(NetworkPassageCurve::diverged).sum();
    if (diverged > 0) {
      numbers.value("replicas diverged", diverged);
    }
    int censored =
        curves.stream()
            .flatMap(curve -> curve.points().stream())
            .mapToInt(p -> p.mean().censored())
            .sum();
    Findings found = judged(curves, fit, n, numbers).note(PassagePoint.censoredNote(censored));
    return tables(found, curves, fit, minimum);
  }

  /**
   * The numbers of Eq. 16, and those of its rivals.
   *
   * @param spectrum n of Eq. 44
   */
  static Findings judged(
      List<NetworkPassageCurve> curves,
      NetworkPassageFit fit,
      double spectrum,
      Measurements numbers) {
    NetworkPassageLaw other = NetworkPassageLaw.EXPONENTIAL;
    return Findings.of(numbers)
        .rival(other.label, judged(curves, other, NetworkPassageFit.of(curves, other), spectrum))
        .rival("Eq. 16 with n = 0", withoutDimension(curves, fit, spectrum));
  }

  /** Slopes held against a law with its fitted n, and that n. */
  static Measurements judged(
      List<NetworkPassageCurve> curves,
      NetworkPassageLaw law,
      NetworkPassageFit fit,
      double spectrum) {
    return slopes(curves, law, fit.dimension())
        .judged(
            "n fitted, h* measured; theory: Eq. 44",
            NetworkPassageCriterion.dimension(fit),
            NetworkPassageCriterion.dimension(spectrum));
  }

  private static Measurements withoutDimension(
      List<NetworkPassageCurve> curves, NetworkPassageFit fit, double spectrum) {
    return slopes(curves, NetworkPassageLaw.POWER, 0)
        .judged(
            "n fitted, h* measured",
            NetworkPassageCriterion.dimension(fit),
            NetworkPassageCriterion.dimension(spectrum).against(0));
  }

  private static Measurements slopes(
      List<NetworkPassageCurve> curves, NetworkPassageLaw law, double dimension) {
    Measurements numbers = new Measurements();
    for (NetworkPassageCurve curve : curves) {
      PassageSlope slope = curve.slope();
      String over =
          slope.window().isEmpty()
              ? "no threshold in the window"
              : "c %s to %s".formatted(slope.from(), slope.to());
      numbers.judged(
          "slope, eta=%s, %s".formatted(curve.theory().learningRate(), over),
          NetworkPassageCriterion.slope(curve),
          NetworkPassageCriterion.slope(law.slope(curve, dimension)));
    }
    return numbers;
  }

  /** A threshold at a learning rate. */
  private record Threshold(LogLandscape theory, PassagePoint point) {}

  /**
   * {@code tables/first_passage.csv}, {@code slopes.csv} and {@code passages.csv} of a run folder;
   * d is the number of parameters, theory_slope that with h* and n (Eq. 44) measured.
   */
  private static Findings tables(
      Findings findings,
      List<NetworkPassageCurve> curves,
      NetworkPassageFit fit,
      HessianPoint minimum) {
    List<Threshold> thresholds =
        curves.stream()
            .flatMap(curve -> curve.points().stream().map(p -> new Threshold(curve.theory(), p)))
            .toList();
    double n = minimum.effectiveDimension();
    return findings
        .table(
            Csv.of("first_passage", thresholds)
                .column("d", t -> minimum.parameters())
                .column("learning_rate", t -> t.theory().learningRate())
                .column("batch", t -> t.theory().batch())
                .column("c", t -> t.point().level())
                .column("mean_time", t -> t.point().mean().value())
                .column("standard_error", t -> t.point().mean().standardError())
                .column("replicas", t -> t.point().mean().replicas())
                .column("censored", t -> t.point().mean().censored())
                .column("theory_slope", t -> t.theory().passageSlope(n)))
        .table(
            Csv.of("slopes", curves)
                .column("learning_rate", c -> c.theory().learningRate())
                .column("batch", c -> c.theory().batch())
                .column("slope", c -> c.slope().slope())
                .column("standard_error", c -> c.slope().standardError())
                .column("r_squared", c -> c.slope().correlation())
                .column("c_from", c -> c.slope().from())
                .column("c_to", c -> c.slope().to())
                .column("largest", c -> minimum.largest())
                .column("effective_dimension", c -> n)
                .column("theory_slope", c -> c.theory().passageSlope(n))
                .column("fitted_dimension", c -> fit.dimension())
                .column("fitted_slope", c -> NetworkPassageLaw.POWER.slope(c, fit.dimension()))
                .column("corrected_slope", c -> c.theory().correctedPassageSlope(n))
                .column("early_slope", c -> c.early().slope())
                .column("early_standard_error", c -> c.early().standardError()))
        .table(
            Csv.each("passages", thresholds, t -> t.point().times().replicas())
                .column("learning_rate", r -> r.of().theory().learningRate())
                .column("c", r -> r.of().point().level())
                .column("replica", Csv.Entry::index)
                .column("time", r -> r.of().point().times().times()[r.index()])
                .column("observed", r -> r.of().point().times().observed()[r.index()]));
  }
}
