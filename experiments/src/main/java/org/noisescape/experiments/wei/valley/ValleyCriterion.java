package org.noisescape.experiments.wei.valley;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Verdict;

/**
 * When a projected path counts as one in a minimal valley along which the trace falls.
 *
 * <p>Connected: every segment by the text's rule; a barrier is what rises to twice the threshold,
 * between the two nothing is said. Trace: along one path chance steps add up, and every trace has
 * an error of its own; means of eight blocks of epochs are compared, whose seven differences show
 * both.
 */
final class ValleyCriterion {
  /** Judged epochs without which nothing is said of connectedness. */
  static final int LEAST_EPOCHS = 6;

  /** Judged traces without which nothing is said of them: two a block. */
  static final int LEAST_TRACES = 16;

  private static final int BLOCKS = 8;

  /** Times the threshold. */
  static final double BARRIER = 2;

  /**
   * Student's t of six degrees of freedom exceeds 2.5 in 4.7 % of all cases; differences of the
   * block means of a random walk have the correlation 1/4 with their neighbours, which makes the
   * error 1.2 times as large. Seven differences of one sign count as well: a trace that falls
   * steeply and then slowly has differences of very different size. Together 6 % at most.
   */
  private static final double STANDARD_ERRORS = 3;

  private ValleyCriterion() {}

  /**
   * Change of the trace from the first block of epochs to the last.
   *
   * @param value mean of the last block less that of the first; NaN with too few traces
   * @param standardError √7 times the standard deviation of the differences of successive blocks
   * @param traces how many
   * @param steady whether all seven differences have one sign
   */
  record Change(double value, double standardError, int traces, boolean steady) {
    /** Of traces in order, in blocks of nearly one size. */
    static Change of(List<PathTrace> traces) {
      int count = traces.size();
      if (count < LEAST_TRACES) {
        return new Change(Double.NaN, Double.NaN, count, false);
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
      boolean steady =
          Arrays.stream(differences).allMatch(d -> d < 0)
              || Arrays.stream(differences).allMatch(d -> d > 0);
      return new Change(steps * mean.mean(), steps * mean.standardError(), count, steady);
    }
  }

  /** Whether the path stays in the valley. */
  static Verdict connectedness(ValleyPath path) {
    List<PathSegment> segments = path.judgedSegments();
    boolean projected = path.judgedPoints().stream().allMatch(ProjectedPoint::minimal);
    int epochs = path.panel().epochs() - path.panel().after();
    if (!projected || epochs < LEAST_EPOCHS) {
      return Verdict.INCONCLUSIVE;
    }
    if (segments.stream().allMatch(PathSegment::connected)) {
      return Verdict.AGREES;
    }
    boolean barrier = segments.stream().anyMatch(s -> !(path.barrier(s) <= BARRIER));
    return barrier ? Verdict.DISAGREES : Verdict.INCONCLUSIVE;
  }

  /** Whether the trace falls along it. */
  static Verdict falling(ValleyPath path) {
    Change change = Change.of(path.judgedTraces());
    if (!Double.isFinite(change.standardError())) {
      return Verdict.INCONCLUSIVE;
    }
    boolean told =
        change.steady() || Math.abs(change.value()) > STANDARD_ERRORS * change.standardError();
    return told ? change.value() < 0 ? Verdict.AGREES : Verdict.DISAGREES : Verdict.INCONCLUSIVE;
  }

  /** The rule in words. */
  static String text() {
    return String.format(
        Locale.ROOT,
        "after the first epochs of a panel (setting after). Connected: agrees if L is below the"
            + " threshold at every point looked at on every segment; disagrees if it exceeds %s"
            + " thresholds somewhere (L above its floor L*, the entropy of the smoothed targets);"
            + " else, or if a projection missed the threshold, or with fewer than %d epochs,"
            + " inconclusive. Trace: means of %d blocks of epochs; agrees if the last less the first is"
            + " below -%s SE or each is below the one before, disagrees if above %s SE or each above,"
            + " else, or with fewer than %d traces, inconclusive; SE from the spread of the differences of successive blocks. Overall:"
            + " disagrees if any part does, agrees if all do.",
        BARRIER,
        LEAST_EPOCHS,
        BLOCKS,
        STANDARD_ERRORS,
        STANDARD_ERRORS,
        LEAST_TRACES);
  }
}
