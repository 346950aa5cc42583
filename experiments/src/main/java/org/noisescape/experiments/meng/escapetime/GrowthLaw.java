package org.noisescape.experiments.meng.escapetime;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.fit.WeightedLine;

/**
 * Whether escape times grow as a power of 1 + (μ/σ)ΔL or exponentially with ΔL: two lines of log τ
 * with as many parameters, weighted with the errors of the times. Fixed before any run.
 *
 * @param power log τ against log(1 + (μ/σ)ΔL)
 * @param exponential log τ against ΔL
 */
record GrowthLaw(WeightedLine power, WeightedLine exponential) {
  /** Difference of χ², which is that of Akaike's criteria; Burnham and Anderson (2002): "none". */
  static final double DECISIVE = 10;

  static GrowthLaw of(List<WellPassage> points, double growth) {
    return new GrowthLaw(
        line(points, p -> Math.log1p(growth * p.well().barrier())),
        line(points, p -> p.well().barrier()));
  }

  private static WeightedLine line(List<WellPassage> points, ToDoubleFunction<WellPassage> x) {
    return WeightedLine.of(
        Column.of(points, x),
        Column.of(points, WellPassage::log),
        Column.of(points, WellPassage::logError));
  }

  /** χ² of the exponential less that of the power. */
  double preferenceForPower() {
    return exponential.chiSquare() - power.chiSquare();
  }

  Verdict isPower() {
    return verdict(preferenceForPower());
  }

  Verdict isExponential() {
    return verdict(-preferenceForPower());
  }

  private static Verdict verdict(double preference) {
    if (!(Math.abs(preference) >= DECISIVE)) {
      return Verdict.INCONCLUSIVE;
    }
    return preference > 0 ? Verdict.AGREES : Verdict.DISAGREES;
  }
}
