package org.noisescape.experiments.meng.plsgd;

import java.util.Locale;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.report.NumberText;

/**
 * What the text says of differences between two methods on the same seeds. Fixed before any run.
 *
 * <p>Every difference is a paired one, its error from the spread over seeds. That a method is
 * <em>no better</em> cannot be shown by a test of zero that fails: the interval has to end below a
 * margin.
 */
final class PlSgdCriterion {
  static final Criterion ABOVE = Criterion.atLeast(0);
  static final Criterion BELOW = Criterion.atMost(0);

  private PlSgdCriterion() {}

  /** Not above zero, but for a margin. */
  static Criterion notAbove(PlSgdPlan plan) {
    return Criterion.atMost(plan.margin());
  }

  /** As good, but for that margin. */
  static Criterion equal(PlSgdPlan plan) {
    return Criterion.within(0, plan.margin());
  }

  static String text(PlSgdPlan plan) {
    return String.format(
        Locale.ROOT,
        "differences d of final values between methods on the same seeds (same initial weights and"
            + " mini-batches), SE from their spread. Variances chosen by test accuracy on %d seeds,"
            + " claims 1 to 3 judged on %d others, claim 4, where nothing is chosen, on the first."
            + " (1) test accuracy of PL-SGD above SGD's: %s; (2) its %s below: %s; (3) test accuracy"
            + " of SGLD not above SGD's but for a margin: %s; (4) log training loss of SGLD at the"
            + " largest variance above SGD's: %s. Rivals: PL-SGD's test accuracy is SGD's, %s, or"
            + " SGLD's, by the same margin. Inconclusive with fewer than %d seeds, or where a seed"
            + " diverged. Final value: mean over the measurements of the last %s epochs. %s",
        plan.selection().count(),
        plan.comparison().count(),
        ABOVE.text("d"),
        plan.gap() == CurveQuantity.LOSS_GAP
            ? "test loss - training loss"
            : "training accuracy - test accuracy",
        BELOW.text("d"),
        notAbove(plan).text("d"),
        ABOVE.text("d"),
        equal(plan).text("d"),
        Claim.LEAST_SEEDS,
        NumberText.of(plan.lastEpochs()),
        Criterion.terms());
  }
}
