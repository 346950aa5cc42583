package org.noisescape.experiments.wei;

import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.Verdict;
import org.noisescape.experiments.fit.SeedMean;

/**
 * When H and C of a network count as aligned: CS > 0.9 after several epochs.
 *
 * <p>Source of the threshold: appendix A.4 of the text; of "several": section 2, where the
 * assumptions are expected to hold "only after an early phase of training corresponding to ~ 10
 * epochs". The statistic is the smallest CS of a seed from there on, so that the statement is about
 * all of the later epochs. Fixed before any run.
 */
final class AlignmentCriterion {
  static final double THRESHOLD = 0.9;
  static final int FROM_EPOCH = 10;
  static final int LEAST_POINTS = 3;
  static final double LARGEST_ERROR = 0.05;
  private static final double STANDARD_ERRORS = 2;

  private AlignmentCriterion() {}

  /**
   * The smallest CS from {@value #FROM_EPOCH} epochs on, mean over seeds.
   *
   * @param points of all seeds
   * @return without seeds where one has fewer than {@value #LEAST_POINTS} such points
   */
  static SeedMean estimate(List<AlignmentPoint> points) {
    List<Integer> seeds = points.stream().map(AlignmentPoint::seed).distinct().toList();
    double[] smallest = new double[seeds.size()];
    for (int i = 0; i < smallest.length; i++) {
      int seed = seeds.get(i);
      double[] late =
          points.stream()
              .filter(point -> point.seed() == seed && point.epoch() >= FROM_EPOCH)
              .mapToDouble(point -> point.sums().uncentred())
              .sorted()
              .toArray();
      if (late.length < LEAST_POINTS) {
        return SeedMean.of();
      }
      smallest[i] = late[0];
    }
    return SeedMean.of(smallest);
  }

  /** Judges an estimate; one without error is inconclusive. */
  static Verdict judge(SeedMean estimate) {
    if (!(estimate.standardError() <= LARGEST_ERROR)) {
      return Verdict.INCONCLUSIVE;
    }
    boolean aligned = estimate.mean() > THRESHOLD - STANDARD_ERRORS * estimate.standardError();
    return aligned ? Verdict.AGREES : Verdict.DISAGREES;
  }

  /** The rule in words. */
  static String text() {
    return String.format(
        Locale.ROOT,
        "each loss: the smallest cosine similarity of the Hessian and the second moment of the"
            + " per-sample gradients (the text's formula, not centred) from epoch %d on, mean over"
            + " seeds, > %s - 2 SE; inconclusive if a seed has fewer than %d such epochs, or SE > %s"
            + " or unknown (one seed). SE: spread over seeds. Overall: disagrees if a loss does,"
            + " agrees if all do.",
        FROM_EPOCH,
        THRESHOLD,
        LEAST_POINTS,
        LARGEST_ERROR);
  }
}
