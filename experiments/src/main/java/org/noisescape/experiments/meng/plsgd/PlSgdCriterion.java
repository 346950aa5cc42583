package org.noisescape.experiments.meng.plsgd;

import java.util.Locale;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.report.NumberText;

/**
 * When a difference between two methods on the same seeds bears out what the text says of it. Fixed
 * before any run.
 *
 * <p>Every claim is a two-sided paired t-test; p is Holm's over the claims, for a reader of four
 * verdicts is misled by any one that is wrong. That a method is <em>no better</em> cannot be shown
 * by a test of zero that fails: the interval has to end below a margin.
 */
final class PlSgdCriterion {
  /** Largest adjusted p that counts. */
  static final double LEVEL = 0.05;

  /** Fewest seeds: the spread of two says next to nothing. */
  static final int LEAST_SEEDS = 3;

  /** What the text says of a difference. */
  enum Side {
    /** Above zero. */
    ABOVE,
    /** Below zero. */
    BELOW,
    /** Not above zero, but for a margin. */
    NOT_ABOVE
  }

  private PlSgdCriterion() {}

  /**
   * Judges a difference.
   *
   * @param side what the text says
   * @param difference method less SGD
   * @param adjusted its p after Holm
   * @param seeds seeds that should be in it; fewer are in where one diverged
   * @param margin of {@link Side#NOT_ABOVE}
   */
  static Verdict judge(
      Side side, PairedDifference difference, double adjusted, int seeds, double margin) {
    boolean estimated = difference.n() >= LEAST_SEEDS && difference.standardError() > 0;
    if (difference.n() < seeds || !estimated) {
      return Verdict.INCONCLUSIVE;
    }
    if (side == Side.NOT_ABOVE && difference.upper() <= margin) {
      return Verdict.AGREES;
    }
    if (!(adjusted <= LEVEL)) {
      return Verdict.INCONCLUSIVE;
    }
    boolean above = difference.mean() > 0;
    return switch (side) {
      case ABOVE -> above ? Verdict.AGREES : Verdict.DISAGREES;
      case BELOW -> above ? Verdict.DISAGREES : Verdict.AGREES;
      // significantly below zero, its interval ended below the margin
      case NOT_ABOVE -> above ? Verdict.DISAGREES : Verdict.INCONCLUSIVE;
    };
  }

  static String text(PlSgdPlan plan) {
    return String.format(
        Locale.ROOT,
        "differences of final values between methods on the same seeds (same initial weights and"
            + " mini-batches), paired t-test, Holm's p over the four claims. Variances chosen by"
            + " test accuracy on %d seeds, claims 1 to 3 judged on %d others, claim 4, where nothing"
            + " is chosen, on the first. (1) test accuracy of PL-SGD above, (2) its %s below SGD's,"
            + " (4) log training loss of SGLD at the largest variance above SGD's: agrees where p <="
            + " %s on the text's side, disagrees where p <= %s on the other. (3) test accuracy of"
            + " SGLD not above SGD's: agrees where the %.0f %% interval ends at or below %s,"
            + " disagrees where it does not and p <= %s above zero. Inconclusive otherwise, with"
            + " fewer than %d seeds, or where a seed diverged. Final value: mean over the"
            + " measurements of the last %s epochs. Overall: disagrees if a claim does, agrees if all"
            + " do.",
        plan.selection().count(),
        plan.comparison().count(),
        plan.gap() == CurveQuantity.LOSS_GAP
            ? "test loss - training loss"
            : "training accuracy - test accuracy",
        LEVEL,
        LEVEL,
        100 * PairedDifference.CONFIDENCE,
        plan.margin(),
        LEVEL,
        LEAST_SEEDS,
        NumberText.of(plan.lastEpochs()));
  }
}
