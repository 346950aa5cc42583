package org.noisescape.train;

import java.util.List;
import org.noisescape.loss.Loss;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.Network;
import org.noisescape.optim.Schedule;
import org.noisescape.optim.UpdateRule;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Sizes;

/**
 * Everything that decides a training run but the data and the engine.
 *
 * @param network architecture
 * @param initialization distribution of the initial weights
 * @param loss per-sample loss
 * @param rules chain from gradient to direction; empty for plain SGD
 * @param learningRate η
 * @param schedule factor of η over the run
 * @param batch B
 * @param sampling how mini-batches are drawn
 * @param epochs passes over the data; one epoch has ⌊N/B⌋ steps
 * @param seed seed of everything random
 * @param replicas R, independent runs in one program
 * @param dtype element type
 * @param firstReplica number of the first replica within a larger ensemble: replicas f, …, f + R −
 *     1 of a seed train as they do in a run of more
 */
public record TrainingPlan(
    Network network,
    Initialization initialization,
    Loss loss,
    List<UpdateRule> rules,
    double learningRate,
    Schedule schedule,
    int batch,
    Sampling sampling,
    double epochs,
    long seed,
    int replicas,
    DType dtype,
    int firstReplica) {
  /** Beyond it a step is no whole number in float64, which epochs are counted in. */
  private static final long MOST_STEPS = 1L << 53;

  /** Checks the numbers. */
  public TrainingPlan {
    rules = List.copyOf(rules);
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the learning rate must be a number > 0, got " + learningRate);
    }
    if (batch < 1) {
      throw new IllegalArgumentException("the batch must be >= 1, got " + batch);
    }
    if (!(epochs >= 0 && epochs < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the number of epochs must be a number >= 0, got " + epochs);
    }
    if (replicas < 1) {
      throw new IllegalArgumentException("the number of replicas must be >= 1, got " + replicas);
    }
    if (firstReplica < 0) {
      throw new IllegalArgumentException("the first replica must be >= 0, got " + firstReplica);
    }
    Sizes.sum("replicas of a seed", "choose fewer replicas", firstReplica, replicas);
    Sizes.product(
        "parameters of all replicas",
        "choose at most %d replicas of this model"
            .formatted(Sizes.MOST / Math.max(1, network.parameterCount())),
        replicas,
        network.parameterCount());
  }

  /** Replicas 0, …, R − 1. */
  public TrainingPlan(
      Network network,
      Initialization initialization,
      Loss loss,
      List<UpdateRule> rules,
      double learningRate,
      Schedule schedule,
      int batch,
      Sampling sampling,
      double epochs,
      long seed,
      int replicas,
      DType dtype) {
    this(
        network,
        initialization,
        loss,
        rules,
        learningRate,
        schedule,
        batch,
        sampling,
        epochs,
        seed,
        replicas,
        dtype,
        0);
  }

  /** The same with another batch and number of replicas. */
  TrainingPlan with(int otherBatch, int otherReplicas) {
    return new TrainingPlan(
        network,
        initialization,
        loss,
        rules,
        learningRate,
        schedule,
        otherBatch,
        sampling,
        epochs,
        seed,
        otherReplicas,
        dtype,
        firstReplica);
  }

  /** The same for other replicas of the ensemble, beginning with this one. */
  public TrainingPlan from(int first) {
    return new TrainingPlan(
        network,
        initialization,
        loss,
        rules,
        learningRate,
        schedule,
        batch,
        sampling,
        epochs,
        seed,
        replicas,
        dtype,
        first);
  }

  /** Steps of one epoch of a data set of this size. */
  public int stepsPerEpoch(int samples) {
    if (batch > samples) {
      throw new IllegalArgumentException(
          "the batch "
              + batch
              + " is larger than the "
              + samples
              + " training samples: choose a batch of at most "
              + samples);
    }
    return samples / batch;
  }

  /** Steps of the whole run. */
  public long steps(int samples) {
    double steps = Math.rint(epochs * stepsPerEpoch(samples));
    if (steps > MOST_STEPS) {
      throw new IllegalArgumentException(
          "%s epochs of %d steps are more than the %d steps that are counted: choose fewer epochs"
              .formatted(epochs, stepsPerEpoch(samples), MOST_STEPS));
    }
    if (steps == 0 && epochs > 0) {
      throw new IllegalArgumentException(
          "%s epochs of %d steps are no step: choose --epochs %.3g or more, or 0 to keep the initialisation"
              .formatted(epochs, stepsPerEpoch(samples), 0.5 / stepsPerEpoch(samples)));
    }
    return Math.round(epochs * stepsPerEpoch(samples));
  }
}
