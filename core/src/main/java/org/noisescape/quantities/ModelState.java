package org.noisescape.quantities;

import java.util.Arrays;
import java.util.Optional;
import org.noisescape.loss.Loss;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.Network;
import org.noisescape.objective.SampleSource;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/** Parameters of R replicas of a network, and the data they are measured on. */
public final class ModelState {
  private final String name;
  private final Network network;
  private final Loss loss;
  private final DType dtype;
  private final SampleSource train;
  private final Optional<SampleSource> test;
  private final Optional<SampleSource> validation;
  private final double[] theta;
  private final double[] statistics;

  private ModelState(
      String name,
      Network network,
      Loss loss,
      DType dtype,
      SampleSource train,
      Optional<SampleSource> test,
      Optional<SampleSource> validation,
      double[] theta,
      double[] statistics) {
    this.name = name;
    this.network = network;
    this.loss = loss;
    this.dtype = dtype;
    this.train = train;
    this.test = test;
    this.validation = validation;
    this.theta = theta;
    this.statistics = statistics;
  }

  /**
   * A state without test and validation data.
   *
   * @param theta θ of all replicas (R, P), entry (r, i) at r·P + i; not copied
   * @param statistics running statistics of batch normalisations (R, Q); empty where there are none
   * @throws IllegalArgumentException where the sizes do not fit
   */
  public static ModelState of(
      Network network, Loss loss, SampleSource train, double[] theta, double[] statistics) {
    int size = network.parameterCount();
    if (theta.length == 0 || theta.length % size != 0) {
      throw new IllegalArgumentException(
          "%s has %d parameters, got %d numbers: give the parameters of whole replicas"
              .formatted(network.name(), size, theta.length));
    }
    int wanted = theta.length / size * network.runningStatisticsCount();
    if (statistics.length != wanted) {
      throw new IllegalArgumentException(
          "%s wants %d running statistics for %d replicas, got %d"
              .formatted(network.name(), wanted, theta.length / size, statistics.length));
    }
    return new ModelState(
        "the parameters",
        network,
        loss,
        DType.FLOAT32,
        train,
        Optional.empty(),
        Optional.empty(),
        theta,
        statistics);
  }

  /** The same, called by another name in messages: its file, for example. */
  public ModelState named(String other) {
    return new ModelState(other, network, loss, dtype, train, test, validation, theta, statistics);
  }

  /** The same, computed in another element type; float32 unless said. */
  public ModelState in(DType other) {
    return new ModelState(name, network, loss, other, train, test, validation, theta, statistics);
  }

  /** The same with test data. */
  public ModelState withTest(Optional<SampleSource> samples) {
    return new ModelState(
        name, network, loss, dtype, train, samples, validation, theta, statistics);
  }

  /** The same with samples that were held out of the training data. */
  public ModelState withValidation(Optional<SampleSource> samples) {
    return new ModelState(name, network, loss, dtype, train, test, samples, theta, statistics);
  }

  /** What messages call it. */
  public String name() {
    return name;
  }

  /** The architecture. */
  public Network network() {
    return network;
  }

  /** The per-sample loss. */
  public Loss loss() {
    return loss;
  }

  /** Element type to compute in. */
  public DType dtype() {
    return dtype;
  }

  /** The training samples. */
  public SampleSource train() {
    return train;
  }

  /** The test samples, if there are any. */
  public Optional<SampleSource> test() {
    return test;
  }

  /** The samples held out of the training data, if there are any. */
  public Optional<SampleSource> validation() {
    return validation;
  }

  /** R. */
  public int replicas() {
    return theta.length / network.parameterCount();
  }

  /** θ of all replicas (R, P). */
  public double[] theta() {
    return theta;
  }

  /** θ of one replica (P). */
  public double[] theta(int replica) {
    int size = network.parameterCount();
    return Arrays.copyOfRange(theta, replica * size, (replica + 1) * size);
  }

  /** Running statistics of one replica (Q). */
  public double[] statistics(int replica) {
    int size = network.runningStatisticsCount();
    return Arrays.copyOfRange(statistics, replica * size, (replica + 1) * size);
  }

  /** Batch normalisation in evaluation mode, of replicas 0, …, count − 1. */
  public BatchStatistics evaluation(Arena arena, int count) {
    int size = network.runningStatisticsCount();
    if (size == 0) {
      return BatchStatistics.none();
    }
    Tensor running = network.reserveRunningStatistics(arena, count);
    arena.onCommit(
        () -> arena.engine().memory().write(running, Arrays.copyOf(statistics, count * size)));
    return BatchStatistics.running(running);
  }

  /**
   * Requires finite parameters.
   *
   * @throws IllegalArgumentException naming the first that is not
   */
  void requireFinite() {
    int size = network.parameterCount();
    for (int i = 0; i < theta.length; i++) {
      if (!Double.isFinite(theta[i])) {
        throw new IllegalArgumentException(
            "%s: parameter %d of replica %d is %s: the run diverged, take an earlier checkpoint"
                .formatted(name, i % size, i / size, theta[i]));
      }
    }
  }
}
