package org.noisescape.experiments.frame;

import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.noisescape.experiments.fit.Verdict;

/**
 * How often synthetic measurements of an experiment's own size come to a verdict, over {@value
 * #SEEDS} fixed seeds.
 *
 * <p>A criterion has power where measurements drawn from the theory agree for {@value #LEAST} seeds
 * or more and those drawn from a rival for {@value #MOST} or fewer.
 */
public final class Power {
  public static final int SEEDS = 100;
  public static final int LEAST = 90;
  public static final int MOST = 5;

  private Power() {}

  /**
   * Counts the seeds that agree.
   *
   * @param experiment seed → what its synthetic measurements come to
   */
  public static long agreeing(LongFunction<Findings> experiment) {
    return LongStream.rangeClosed(1, SEEDS)
        .filter(seed -> experiment.apply(seed).verdict() == Verdict.AGREES)
        .count();
  }
}
