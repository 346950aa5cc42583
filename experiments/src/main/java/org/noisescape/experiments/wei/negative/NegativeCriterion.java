package org.noisescape.experiments.wei.negative;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Verdict;

/**
 * When the sum of the negative eigenvalues counts as proportional to the training loss above its
 * minimum: a line with negative slope, R² ≥ 0.9 and an intercept that is zero within its error or a
 * twentieth of the largest sum.
 *
 * <p>Fixed before any run. R²: residuals of a third of the spread are what "nearly a straight line"
 * can mean at most. Intercept: the text's −1.22·10⁻⁵ is invisible in its plot; a twentieth of the
 * range still is to the eye.
 */
final class NegativeCriterion {
  static final double LEAST_R_SQUARED = 0.9;
  static final double INTERCEPT_SHARE = 0.05;
  static final double LARGEST_ERROR_SHARE = 0.1;
  static final int LEAST_RUNS = 6;
  static final double LEAST_RATIO = 3;
  private static final double STANDARD_ERRORS = 2;

  private NegativeCriterion() {}

  /**
   * A coefficient over seeds.
   *
   * @param mean over seeds
   * @param error the larger of the seeds' own errors combined and their spread over √R
   */
  record Coefficient(double mean, double error) {
    static Coefficient of(
        List<SeedLine> lines, ToDoubleFunction<SeedLine> value, ToDoubleFunction<SeedLine> error) {
      int seeds = lines.size();
      double mean = lines.stream().mapToDouble(value).average().orElse(Double.NaN);
      double own = 0;
      double spread = 0;
      for (SeedLine line : lines) {
        own += Math.pow(error.applyAsDouble(line), 2);
        spread += Math.pow(value.applyAsDouble(line) - mean, 2);
      }
      double between = seeds < 2 ? 0 : Math.sqrt(spread / (seeds - 1) / seeds);
      return new Coefficient(mean, Math.max(Math.sqrt(own) / seeds, between));
    }
  }

  static Coefficient slope(List<SeedLine> lines) {
    return Coefficient.of(lines, SeedLine::slope, SeedLine::slopeError);
  }

  static Coefficient intercept(List<SeedLine> lines) {
    return Coefficient.of(lines, SeedLine::intercept, SeedLine::interceptError);
  }

  static Coefficient rSquared(List<SeedLine> lines) {
    return Coefficient.of(lines, SeedLine::rSquared, line -> 0);
  }

  /** Judges the lines of all seeds. */
  static Verdict judge(List<SeedLine> lines) {
    double range = lines.stream().mapToDouble(SeedLine::largest).average().orElse(Double.NaN);
    Coefficient intercept = intercept(lines);
    Coefficient slope = slope(lines);
    boolean enough =
        !lines.isEmpty()
            && lines.stream().allMatch(l -> l.runs() >= LEAST_RUNS && l.ratio() >= LEAST_RATIO);
    if (!enough || !(intercept.error <= LARGEST_ERROR_SHARE * range)) {
      return Verdict.INCONCLUSIVE;
    }
    double allowed = Math.max(STANDARD_ERRORS * intercept.error, INTERCEPT_SHARE * range);
    boolean proportional =
        slope.mean + STANDARD_ERRORS * slope.error < 0
            && rSquared(lines).mean >= LEAST_R_SQUARED
            && Math.abs(intercept.mean) <= allowed;
    return proportional ? Verdict.AGREES : Verdict.DISAGREES;
  }

  /** The rule in words. */
  static String text() {
    return String.format(
        Locale.ROOT,
        "sum of negative eigenvalues against L - L*, L* the entropy of the smoothed targets, a"
            + " least-squares line through the runs of each seed: slope + 2 SE < 0, mean R^2 >= %s,"
            + " |intercept| <= 2 SE or %s of the largest |sum|; inconclusive if a seed has fewer than"
            + " %d runs, or L - L* spans less than a factor %s, or the SE of the intercept exceeds %s"
            + " of the largest |sum|. SE: the larger of the fits' own and the spread over seeds.",
        LEAST_R_SQUARED,
        INTERCEPT_SHARE,
        LEAST_RUNS,
        LEAST_RATIO,
        LARGEST_ERROR_SHARE);
  }
}
