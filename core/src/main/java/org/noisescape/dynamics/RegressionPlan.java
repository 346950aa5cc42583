package org.noisescape.dynamics;

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
    int replicas)
    implements ReplicaPlan<RegressionPlan> {
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

  /** A plan on a regression; learning rate, batch and start are still to be said. */
  public static Builder of(LinearRegression data) {
    return new Builder(data);
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

  @Override
  public RegressionPlan part(int first, int count) {
    ReplicaPlan.requirePart(replicas, first, count);
    return new RegressionPlan(
        data, learningRate, batch, start, thresholds, seed, firstReplica + first, count);
  }

  @Override
  public double[] signature() {
    return new PlanSignature().with(landscape().signature()).with(batch).with(start).numbers();
  }

  /** The same ensemble as a landscape. */
  public LandscapePlan landscape() {
    return LandscapePlan.of(data, new MiniBatchNoise(batch))
        .learningRate(learningRate)
        .start(start)
        .detecting(thresholds)
        .seed(seed)
        .firstReplica(firstReplica)
        .replicas(replicas)
        .build();
  }

  /** A plan step by step; what is not said has the default its method tells. */
  public static final class Builder extends EnsembleBuilder<RegressionPlan, Builder> {
    private final LinearRegression data;
    private int batch;
    private double[] start = {};

    private Builder(LinearRegression data) {
      this.data = data;
    }

    @Override
    Builder self() {
      return this;
    }

    /** B; must be said. */
    public Builder batch(int value) {
      batch = value;
      return this;
    }

    /** θ (d) where replicas start; must be said. */
    public Builder start(double... value) {
      start = value;
      return this;
    }

    @Override
    public RegressionPlan build() {
      return new RegressionPlan(
          data, learningRate, batch, start, thresholds, seed, firstReplica, replicas);
    }
  }
}
