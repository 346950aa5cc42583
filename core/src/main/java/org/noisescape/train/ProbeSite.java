package org.noisescape.train;

import java.util.Optional;
import org.noisescape.linop.StopCheck;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.objective.ResidentData;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/**
 * What a probe may use.
 *
 * @param plan the run
 * @param train training data
 * @param test test data, if there are any
 * @param validation samples held out of the training data, if there are any
 * @param arena where memory is reserved; with {@link Arena#onCommit} a probe registers what it does
 *     once the memory is there
 * @param statistics running statistics (R, Q) float64 of batch normalisations, which follow the
 *     training, or null where there are none
 * @param stop says whether a measurement goes on
 * @param rules the state of the optimizer
 * @param observed single steps, for probes that observe them
 */
public record ProbeSite(
    TrainingPlan plan,
    ResidentData train,
    Optional<ResidentData> test,
    Optional<ResidentData> validation,
    Arena arena,
    Tensor statistics,
    StopCheck stop,
    RuleStates rules,
    ObservedStep observed) {
  /** Batch normalisation in evaluation mode. */
  public BatchStatistics evaluation() {
    return statistics == null ? BatchStatistics.none() : BatchStatistics.running(statistics);
  }

  /** The present running statistics of one replica; empty where there are none. */
  public double[] statistics(int replica) {
    return statistics == null
        ? new double[0]
        : arena.engine().memory().readDoubles(statistics.rows(replica, 1));
  }
}
