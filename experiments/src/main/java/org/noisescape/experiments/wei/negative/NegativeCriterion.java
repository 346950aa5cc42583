package org.noisescape.experiments.wei.negative;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.report.NumberText;

/**
 * When the sum of the negative eigenvalues counts as proportional to the training loss above its
 * minimum: it is so on logarithmic axes, and near a line on linear ones.
 *
 * <p>Exponent: the plausible other one is ½, that of a curved valley, and .25 is half way to it.
 * R²: residuals of a third of the spread are what "nearly a straight line" can mean at most.
 * Intercept: the text's −1.22·10⁻⁵ is invisible in its plot; a twentieth of the range still is to
 * the eye. Nine runs a seed know it to no more than that, so it is judged apart: what it asks, the
 * exponent answers.
 */
final class NegativeCriterion {
  static final Criterion EXPONENT = Criterion.within(1, 0.25);
  static final Criterion R_SQUARED = Criterion.atLeast(0.9);
  static final Criterion INTERCEPT_SHARE = Criterion.within(0, 0.05);
  static final int LEAST_RUNS = 6;
  static final double LEAST_RATIO = 3;

  private NegativeCriterion() {}

  /**
   * A number over seeds: the mean, with the larger of the seeds' own errors combined and their
   * spread over √R, on seeds − 1 degrees of freedom.
   */
  static PointEstimate mean(
      List<SeedLine> lines, ToDoubleFunction<SeedLine> value, ToDoubleFunction<SeedLine> error) {
    SeedMean mean = SeedMean.of(Column.of(lines, value));
    double own = 0;
    for (SeedLine line : lines) {
      own += Math.pow(error.applyAsDouble(line) / lines.size(), 2);
    }
    // Math.max keeps NaN: one seed does not know the spread
    return new PointEstimate(
        mean.mean(), Math.max(mean.standardError(), Math.sqrt(own)), mean.seeds() - 1.0);
  }

  static PointEstimate exponent(List<SeedLine> lines) {
    return mean(lines, SeedLine::exponent, SeedLine::exponentError).provided(enough(lines));
  }

  static PointEstimate rSquared(List<SeedLine> lines) {
    return mean(lines, SeedLine::rSquared, line -> 0).provided(enough(lines));
  }

  /** Intercept over the largest |sum|. */
  static PointEstimate interceptShare(List<SeedLine> lines) {
    return mean(
            lines,
            line -> line.intercept() / line.largest(),
            line -> line.interceptError() / line.largest())
        .provided(enough(lines));
  }

  private static boolean enough(List<SeedLine> lines) {
    return !lines.isEmpty()
        && lines.stream().allMatch(l -> l.runs() >= LEAST_RUNS && l.ratio() >= LEAST_RATIO);
  }

  /** The rule in words. */
  static String text() {
    return "sum of negative eigenvalues against L - L*, L* the entropy of the smoothed targets, a"
        + " least-squares line through the runs of each seed on linear and on logarithmic axes; "
        + EXPONENT.text("d log |sum| / d log (L - L*)")
        + "; "
        + R_SQUARED.text("R^2")
        + "; apart, without a say: "
        + INTERCEPT_SHARE.text("intercept / largest |sum|")
        + ". Inconclusive if a seed has fewer than "
        + LEAST_RUNS
        + " runs, or L - L* spans less than a factor "
        + NumberText.of(LEAST_RATIO)
        + ". SE: the larger of the fits' own and the spread over seeds. "
        + Criterion.terms();
  }
}
