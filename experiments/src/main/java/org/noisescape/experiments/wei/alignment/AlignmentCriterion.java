package org.noisescape.experiments.wei.alignment;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Verdict;

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
   * The smallest CS from {@value #FROM_EPOCH} epochs on.
   *
   * @param mean over seeds, NaN where one has fewer than {@value #LEAST_POINTS} such points
   * @param error the larger of the spread over seeds over √R and the errors of random vectors
   *     combined; NaN for one seed
   */
  record Smallest(double mean, double error) {}

  static Smallest estimate(List<AlignmentPoint> points) {
    List<Integer> seeds = points.stream().map(AlignmentPoint::seed).distinct().toList();
    double[] smallest = new double[seeds.size()];
    double own = 0;
    for (int i = 0; i < smallest.length; i++) {
      int seed = seeds.get(i);
      List<AlignmentSums> late =
          points.stream()
              .filter(point -> point.seed() == seed && point.epoch() >= FROM_EPOCH)
              .map(AlignmentPoint::sums)
              .sorted(Comparator.comparingDouble(AlignmentSums::uncentred))
              .toList();
      if (late.size() < LEAST_POINTS) {
        return new Smallest(Double.NaN, Double.NaN);
      }
      smallest[i] = late.getFirst().uncentred();
      own += Math.pow(late.getFirst().similarityError() / smallest.length, 2);
    }
    SeedMean mean = SeedMean.of(smallest);
    // Math.max keeps NaN: one seed does not know the spread
    return new Smallest(mean.mean(), Math.max(mean.standardError(), Math.sqrt(own)));
  }

  /** Judges an estimate; one without error is inconclusive. */
  static Verdict judge(Smallest estimate) {
    if (!(estimate.error() <= LARGEST_ERROR)) {
      return Verdict.INCONCLUSIVE;
    }
    boolean aligned = estimate.mean() > THRESHOLD - STANDARD_ERRORS * estimate.error();
    return aligned ? Verdict.AGREES : Verdict.DISAGREES;
  }

  /** The rule in words. */
  static String text() {
    return String.format(
        Locale.ROOT,
        "each loss: the smallest cosine similarity of the Hessian and the second moment of the"
            + " per-sample gradients (the text's formula, not centred) from epoch %d on, mean over"
            + " seeds, > %s - 2 SE; inconclusive if a seed has fewer than %d such epochs, or SE > %s"
            + " or unknown (one seed). SE: spread over seeds, or the error of random vectors if larger. Overall: disagrees if a loss does,"
            + " agrees if all do.",
        FROM_EPOCH,
        THRESHOLD,
        LEAST_POINTS,
        LARGEST_ERROR);
  }
}
