package org.noisescape.experiments.wei.valley;

import java.util.List;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.SeedMean;

/**
 * When a projected path counts as one in a minimal valley along which the trace falls.
 *
 * <p>Connected: the highest point of all segments, measured without sampling, is below the text's
 * threshold for them. Trace: along one path chance steps add up, and every trace has an error of
 * its own; means of eight blocks of epochs are compared, whose seven differences show both.
 */
final class ValleyCriterion {
  /** Judged epochs without which nothing is said of connectedness. */
  static final int LEAST_EPOCHS = 6;

  /** Judged traces without which nothing is said of them: two a block. */
  static final int LEAST_TRACES = 16;

  private static final int BLOCKS = 8;

  /** Of the change of the trace. */
  static final Criterion FALLS = Criterion.atMost(0);

  /** A walk whose steps are of both signs alike; what is further from no change has a drift. */
  static final Criterion NO_DRIFT = Criterion.within(0, 0);

  /**
   * Differences of the block means of a random walk have the correlation 1/4 with their neighbours:
   * the variance of the sum of n = 7 is n + 2 (n − 1)/4 times that of one, and not n times; what
   * their standard deviation misses of that.
   */
  private static final double CORRELATION = Math.sqrt(1 + 2 * (6.0 / 7) / 4);

  private ValleyCriterion() {}

  /**
   * Change of the trace from the first block of epochs to the last.
   *
   * @param estimate mean of the last block less that of the first, with √7 times the standard
   *     deviation of the differences of successive blocks, corrected for their correlation, on six
   *     degrees of freedom; NaN with too few traces
   * @param traces how many
   */
  record Change(PointEstimate estimate, int traces) {
    /** Of traces in order, in blocks of nearly one size. */
    static Change of(List<PathTrace> traces) {
      int count = traces.size();
      if (count < LEAST_TRACES) {
        return new Change(PointEstimate.unknown(Double.NaN), count);
      }
      double[] means = new double[BLOCKS];
      for (int b = 0; b < BLOCKS; b++) {
        List<PathTrace> block = traces.subList(b * count / BLOCKS, (b + 1) * count / BLOCKS);
        means[b] = block.stream().mapToDouble(PathTrace::value).average().orElseThrow();
      }
      double[] differences = new double[BLOCKS - 1];
      for (int b = 1; b < BLOCKS; b++) {
        differences[b - 1] = means[b] - means[b - 1];
      }
      SeedMean mean = SeedMean.of(differences);
      int steps = differences.length;
      return new Change(
          new PointEstimate(
              steps * mean.mean(), CORRELATION * steps * mean.standardError(), steps - 1.0),
          count);
    }
  }

  /** Largest (L − L*)/threshold on the judged segments, NaN for none. */
  static double highest(ValleyPath path) {
    return path.judgedSegments().stream()
        .mapToDouble(path::barrier)
        .reduce(Math::max)
        .orElse(Double.NaN);
  }

  /** Of {@link #highest}. */
  static Criterion connected(ValleyPath path) {
    return Criterion.atMost(path.panel().lineFactor());
  }

  /** Whether the path stays in the valley, or reaches what another theory says. */
  static Judgement connectedness(ValleyPath path, Criterion criterion) {
    boolean projected = path.judgedPoints().stream().allMatch(ProjectedPoint::minimal);
    int epochs = path.panel().epochs() - path.panel().after();
    double highest = highest(path);
    if (Double.isNaN(highest) && !path.judgedSegments().isEmpty()) {
      // a loss that is not finite is a barrier
      highest = Double.MAX_VALUE;
    }
    return criterion.judge(
        PointEstimate.exact(highest).provided(projected && epochs >= LEAST_EPOCHS));
  }

  /** The rule in words. */
  static String text() {
    return "after the first epochs of a panel (setting after). Connected: largest (L -"
        + " L*)/threshold at the points looked at on all segments, L* the entropy of the smoothed"
        + " targets, <= line-factor; inconclusive if a projection missed the threshold, or with fewer"
        + " than "
        + LEAST_EPOCHS
        + " epochs. Trace: means of "
        + BLOCKS
        + " blocks of epochs; "
        + FALLS.text("last less first")
        + ", inconclusive with fewer than "
        + LEAST_TRACES
        + " traces; SE from the spread of the differences of successive blocks. "
        + Criterion.terms();
  }
}
