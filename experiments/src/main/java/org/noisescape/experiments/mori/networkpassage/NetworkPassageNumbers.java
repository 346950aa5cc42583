package org.noisescape.experiments.mori.networkpassage;

import java.util.List;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.experiments.mori.PassageSlope;

/** What {@link FirstPassageNetwork} finds at its learning rates. */
final class NetworkPassageNumbers {
  private NetworkPassageNumbers() {}

  /** Numbers and tables. */
  static Findings findings(
      List<NetworkPassageCurve> curves, NetworkPassageFit fit, HessianPoint minimum) {
    double n = minimum.effectiveDimension();
    Measurements numbers = new Measurements();
    for (NetworkPassageCurve curve : curves) {
      PassageSlope slope = curve.slope();
      String at = "eta=" + curve.theory().learningRate();
      String over =
          slope.window().isEmpty()
              ? "no threshold in the window"
              : "c %s to %s".formatted(slope.from(), slope.to());
      numbers
          .judged(
              "slope, %s, %s".formatted(at, over),
              slope.slope(),
              slope.standardError(),
              NetworkPassageCriterion.slopeOf(curve, fit),
              NetworkPassageCriterion.slope(curve, fit))
          .judged(
              "r^2 of the line, " + at,
              slope.correlation(),
              Double.NaN,
              1,
              NetworkPassageCriterion.straight(curve));
    }
    numbers
        .judged(
            "n fitted, h* measured; theory: Eq. 44",
            fit.dimension(),
            fit.dimensionError(),
            n,
            NetworkPassageCriterion.dimension(fit, n, curves))
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
    Findings found = Findings.of(numbers).note(PassagePoint.censoredNote(censored));
    return NetworkPassageTables.add(found, curves, fit, minimum);
  }
}
