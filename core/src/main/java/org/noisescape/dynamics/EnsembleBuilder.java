package org.noisescape.dynamics;

import org.noisescape.train.TrainingPlan;

/**
 * What is said of every ensemble, step by step; what is not said has the default its method tells.
 *
 * @param <P> the plan
 * @param <B> the builder of such plans
 */
public abstract class EnsembleBuilder<P, B extends EnsembleBuilder<P, B>> {
  double learningRate = Double.NaN;
  double[] thresholds = {};
  long seed = TrainingPlan.SEED;
  int firstReplica;
  int replicas = 1;

  EnsembleBuilder() {}

  /** This builder. */
  abstract B self();

  /**
   * The plan.
   *
   * @throws IllegalArgumentException naming the first number that is wrong or was not said
   */
  public abstract P build();

  /** η; must be said. */
  public B learningRate(double value) {
    learningRate = value;
    return self();
  }

  /**
   * Levels of what is observed, the loss where nothing else is told, ascending, whose first
   * passages are detected; none unless said.
   */
  public B detecting(double... levels) {
    thresholds = levels;
    return self();
  }

  /** Seed of everything random; {@value org.noisescape.train.TrainingPlan#SEED} unless said. */
  public B seed(long value) {
    seed = value;
    return self();
  }

  /**
   * Number of the first replica within a larger ensemble, distinct for ensembles of a seed whose
   * noise shall be independent; 0 unless said.
   */
  public B firstReplica(int value) {
    firstReplica = value;
    return self();
  }

  /** R; one unless said. */
  public B replicas(int value) {
    replicas = value;
    return self();
  }
}
