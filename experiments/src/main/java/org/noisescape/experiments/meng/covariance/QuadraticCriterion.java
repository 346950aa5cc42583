package org.noisescape.experiments.meng.covariance;

import java.util.List;
import org.noisescape.experiments.fit.Verdict;

/**
 * When tr S along the paths of a layer is "well approximated by a quadratic": R² of the quadratic ≥
 * 0.99 − 2 SE.
 *
 * <p>The threshold: residuals of a tenth of the deviation of tr S are what a reader can still not
 * see in a plot of 21 points. Fixed before any path was measured.
 */
final class QuadraticCriterion {
  static final double LEAST = 0.99;
  static final double LARGEST_ERROR = 0.005;
  private static final double STANDARD_ERRORS = 2;

  private QuadraticCriterion() {}

  /**
   * R² over the seeds of one layer.
   *
   * @param mean mean R², NaN where tr S does not vary along a path
   * @param error the larger of the seeds' jackknife errors combined and their spread over √R
   */
  record Estimate(double mean, double error) {}

  static Estimate estimate(List<PathFit> seeds) {
    if (!seeds.stream().allMatch(PathFit::varies)) {
      return new Estimate(Double.NaN, Double.NaN);
    }
    double mean =
        seeds.stream().mapToDouble(s -> s.quadratic().rSquared()).average().orElse(Double.NaN);
    double own = 0;
    double spread = 0;
    for (PathFit seed : seeds) {
      own += Math.pow(seed.quadratic().rSquaredError(), 2);
      spread += Math.pow(seed.quadratic().rSquared() - mean, 2);
    }
    int runs = seeds.size();
    double between = runs < 2 ? 0 : Math.sqrt(spread / (runs - 1) / runs);
    return new Estimate(mean, Math.max(Math.sqrt(own) / runs, between));
  }

  /**
   * Judges a layer.
   *
   * @param estimate R²
   * @param converged whether every seed reached the target loss
   */
  static Verdict judge(Estimate estimate, boolean converged) {
    if (!converged || !Double.isFinite(estimate.mean) || !(estimate.error <= LARGEST_ERROR)) {
      return Verdict.INCONCLUSIVE;
    }
    boolean good = estimate.mean >= LEAST - STANDARD_ERRORS * estimate.error;
    return good ? Verdict.AGREES : Verdict.DISAGREES;
  }

  static String text(String targets) {
    return ("each layer: R^2 of the quadratic fit to tr S at the points of the text, mean over seeds,"
            + " >= %s - 2 SE; inconclusive if SE > %s or a seed's loss at the minimum exceeds the target (%s). SE:"
            + " the larger of the jackknife over points and the spread over seeds. Overall: disagrees"
            + " if a layer of the text's figure, conv1 or conv2 of the cnn or one of the resnet, does,"
            + " agrees if all do; the dense layers are judged for themselves. Not judged: the stronger statement of Eq. 5 that"
            + " there is no linear term, and longer paths.")
        .formatted(LEAST, LARGEST_ERROR, targets);
  }
}
