package org.noisescape.experiments.liu.depth;

import java.util.Comparator;
import java.util.List;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.Verdict;

/**
 * When large learning rates leave the small-rate limit.
 *
 * <p>The text says that they do, "sometimes for the good, sometimes for the bad", without a number.
 * So one scale tells what is a change from what is none: {@value #CHANGE} of the test error.
 */
final class DepthCriterion {
  static final double CHANGE = 0.01;

  private static final Criterion NONE = Criterion.within(0, CHANGE);
  private static final Criterion SOME = Criterion.atLeast(CHANGE);

  private DepthCriterion() {}

  /** Change of the test error from one rate to another of the same depth, seed by seed. */
  record Change(DepthRun from, DepthRun to) {
    PointEstimate estimate() {
      return PointEstimate.of(to.minus(from)).provided(from.reached() && to.reached());
    }

    Judgement none() {
      return NONE.judge(estimate());
    }

    /** Whether its size, in one of several depths, is more than the scale. */
    private Judgement some() {
      PointEstimate change = estimate();
      return SOME.judge(
          new PointEstimate(
              Math.abs(change.value()), change.standardError(), change.degreesOfFreedom()));
    }

    String name() {
      return "depth %d: test error at rate %s - at %s"
          .formatted(to.depth(), to.rate(), from.rate());
    }
  }

  /** That there is no change. */
  static Criterion none() {
    return NONE;
  }

  /**
   * Whether there is a change at one depth or more: agrees if that there is none is rejected,
   * Holm's correction taking care of the choice; disagrees if every one is shown to be less.
   */
  static Judgement deviates(List<Change> largest) {
    Judgement none = Judgement.all(largest.stream().map(Change::none).toList());
    List<Judgement> some = largest.stream().map(Change::some).toList();
    Verdict verdict = Verdict.INCONCLUSIVE;
    if (none.verdict() == Verdict.DISAGREES) {
      verdict = Verdict.AGREES;
    } else if (some.stream().allMatch(s -> s.verdict() == Verdict.DISAGREES)) {
      verdict = Verdict.DISAGREES;
    }
    double p = 0;
    for (Judgement each : some) {
      p = Math.max(p, each.pValue());
    }
    return new Judgement(verdict, p, none.degreesOfFreedom(), none.tolerance(), none.noticed());
  }

  /** The largest change. */
  static Change largest(List<Change> changes) {
    return changes.stream()
        .filter(c -> Double.isFinite(c.estimate().value()))
        .max(Comparator.comparingDouble(c -> Math.abs(c.estimate().value())))
        .orElse(changes.getFirst());
  }

  static String text() {
    return "test error where the training loss first meets the target, differences seed by seed from"
        + " the same initial weights, SE over seeds. The smallest rate stands for the limit: %s between the"
            .formatted(NONE.text("difference", "0"))
        + " two smallest at every depth. Large rates leave it: |difference| - t SE > %s, Holm-corrected, at"
            .formatted(CHANGE)
        + " one depth or more, between the smallest and the largest rate at which every seed meets the"
        + " target; disagrees if |difference| + t SE < %s at all. Rival: no effect of the learning rate. "
            .formatted(CHANGE)
        + "By itself: the smallest rate within the same of the tangent kernel of infinite width. "
        + Criterion.terms();
  }
}
