package org.noisescape.train;

import org.noisescape.optim.AverageRule;
import org.noisescape.optim.RunClock;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * Keeps the mean of an {@link AverageRule} in engine memory, and that of the running statistics of
 * batch normalisations with the same weights (PyTorch's {@code AveragedModel} with {@code
 * use_buffers}).
 */
final class RunningAverage {
  private final AverageRule rule;
  private final RunClock clock;
  private final Engine engine;
  private final Tensor theta;
  private final Tensor statistics;
  private final Tensor thetaMean;
  private final Tensor statisticsMean;

  /**
   * Reserves memory.
   *
   * @param statistics running statistics, or null
   */
  RunningAverage(AverageRule rule, RunClock clock, Tensor theta, Tensor statistics) {
    Arena arena = theta.arena();
    this.rule = rule;
    this.clock = clock;
    this.engine = arena.engine();
    this.theta = theta;
    this.statistics = statistics;
    this.thetaMean = arena.reserve(theta.dtype(), theta.shape());
    this.statisticsMean =
        statistics == null ? null : arena.reserve(statistics.dtype(), statistics.shape());
  }

  /** Takes θ as it is after so many steps. */
  void stepped(long done) {
    double weight = rule.weight(done, clock);
    if (weight > 0) {
      engine.linearAlgebra().axpby(weight, theta, 1 - weight, thetaMean);
      if (statistics != null) {
        engine.linearAlgebra().axpby(weight, statistics, 1 - weight, statisticsMean);
      }
    }
  }

  /** What a checkpoint keeps after so many steps. */
  AverageState state(long done) {
    if (!rule.begun(done, clock)) {
      return AverageState.NONE;
    }
    return new AverageState(
        engine.memory().readDoubles(thetaMean),
        statistics == null ? new double[0] : engine.memory().readDoubles(statisticsMean));
  }

  /**
   * Puts the mean as it was after so many steps.
   *
   * @throws IllegalArgumentException where the state has none, or one of another size
   */
  void restore(AverageState state, long done) {
    boolean begun = done > 0 && rule.begun(done, clock);
    long statisticsSize = statistics == null || !begun ? 0 : statistics.size();
    if (state.theta().length != (begun ? theta.size() : 0)
        || state.statistics().length != statisticsSize) {
      throw new IllegalArgumentException(
          "the mean of %s after %d steps has %d parameters, the checkpoint keeps %d"
              .formatted(rule.text(), done, begun ? theta.size() : 0, state.theta().length));
    }
    if (begun) {
      engine.memory().write(thetaMean, state.theta());
      if (statistics != null) {
        engine.memory().write(statisticsMean, state.statistics());
      }
    }
  }
}
