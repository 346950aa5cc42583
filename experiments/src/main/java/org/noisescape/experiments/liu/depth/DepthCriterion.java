package org.noisescape.experiments.liu.depth;

import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Verdict;

/**
 * When large learning rates leave the small-rate limit.
 *
 * <p>The text says that they do, "sometimes for the good, sometimes for the bad", without a number.
 * Fixed before the run.
 */
final class DepthCriterion {
  static final double STANDARD_ERRORS = 3;
  static final double CHANGE = 0.005;
  static final double LIMIT = 0.01;

  private DepthCriterion() {}

  /** Whether the two smallest rates agree, so that the smallest stands for the limit. */
  static Verdict limitReached(DepthRun smallest, DepthRun next) {
    if (!smallest.reached() || !next.reached() || smallest.errors().length < 2) {
      return Verdict.INCONCLUSIVE;
    }
    SeedMean difference = next.minus(smallest);
    return Math.abs(difference.mean()) <= LIMIT + STANDARD_ERRORS * difference.standardError()
        ? Verdict.AGREES
        : Verdict.DISAGREES;
  }

  /**
   * Whether the largest rate differs from the smallest at any depth; that it nowhere does is said
   * only where a change would have been seen.
   */
  static Verdict deviates(List<DepthRun> smallest, List<DepthRun> largest) {
    boolean precise = true;
    for (int i = 0; i < smallest.size(); i++) {
      if (!smallest.get(i).reached()
          || !largest.get(i).reached()
          || smallest.get(i).errors().length < 2) {
        precise = false;
        continue;
      }
      SeedMean difference = largest.get(i).minus(smallest.get(i));
      if (Math.abs(difference.mean()) >= CHANGE
          && Math.abs(difference.mean()) > STANDARD_ERRORS * difference.standardError()) {
        return Verdict.AGREES;
      }
      precise &= difference.standardError() <= CHANGE / 2;
    }
    return precise ? Verdict.DISAGREES : Verdict.INCONCLUSIVE;
  }

  static String text() {
    return String.format(
        Locale.ROOT,
        "test error where the training loss first meets the target, differences seed by seed from"
            + " the same initial weights: the two smallest rates agree within %s + %.0f SE at every"
            + " depth (else the limit is not reached); at one depth or more the largest rate at"
            + " which every seed meets the target differs from the smallest by %s or more and by more"
            + " than %.0f SE. Inconclusive with one seed, where the two smallest rates do not meet the"
            + " target, or where none differs and an SE exceeds %s. Overall: disagrees if any does, agrees if"
            + " all do.",
        LIMIT,
        STANDARD_ERRORS,
        CHANGE,
        STANDARD_ERRORS,
        CHANGE / 2);
  }
}
