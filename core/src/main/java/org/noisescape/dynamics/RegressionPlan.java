package org.noisescape.dynamics;

import java.util.List;
import org.noisescape.dynamics.landscape.LinearRegression;
import org.noisescape.dynamics.landscape.MiniBatchNoise;
import org.noisescape.tensor.Engine;

/**
 * SGD on linear regression without bias, in float64, with mini-batches drawn with replacement; it
 * looks at the loss after every step.
 *
 * @param data the regression
 * @param learningRate η
 * @param batch B
 * @param start θ (d) where replicas start
 * @param thresholds of the loss, ascending; none to detect nothing
 * @param seed seed of everything random
 * @param firstReplica number of the first replica within a larger ensemble
 * @param replicas R
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record RegressionPlan(
    LinearRegression data,
    double learningRate,
    int batch,
    double[] start,
    double[] thresholds,
    long seed,
    int firstReplica,
    int replicas) {
  /** Checks the numbers. */
  public RegressionPlan {
    start = start.clone();
    thresholds = thresholds.clone();
    if (start.length != data.dimension()) {
      throw new IllegalArgumentException(
          "the start has %d parameters, the regression %d"
              .formatted(start.length, data.dimension()));
    }
  }

  /**
   * The ensemble: by the engine's kernel where it has one, else as a landscape.
   *
   * @param engine where it may run
   * @param threads threads for the landscape
   */
  public ReplicaProgram program(Engine engine, int threads) {
    LandscapePlan landscape = landscape();
    return FusedProgram.of(engine, this).orElseGet(() -> new LandscapeProgram(landscape, threads));
  }

  /** The same ensemble as a landscape. */
  public LandscapePlan landscape() {
    return new LandscapePlan(
        data,
        new MiniBatchNoise(batch),
        List.of(),
        learningRate,
        LandscapePlan.Start.at(start),
        data::value,
        thresholds,
        seed,
        firstReplica,
        replicas);
  }
}
