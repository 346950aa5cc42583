package org.noisescape.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.DenseChain;
import org.noisescape.tensor.Sizes;
import org.noisescape.tensor.Tensor;

/**
 * An architecture for one input shape: a layer, its parameters within θ, and how they start.
 *
 * @param name as users write it, for example {@code mlp:100,100}
 * @param layer the layers
 * @param inputShape one sample: (D), or channels-last (H, W, C)
 */
public record Network(String name, Layer layer, int[] inputShape) {
  private static final String FEWER = "choose fewer replicas or a smaller model";

  /**
   * Layers one after another on plain features.
   *
   * @param sample shape of a sample, whose numbers are taken in their order, for example that of
   *     {@link org.noisescape.objective.SampleSource#imageShape}
   * @throws IllegalArgumentException in one line where the layers do not fit together
   */
  public static Network ofFeatures(int[] sample, Layer... layers) {
    int[] input = {
      Sizes.product("features", FEWER, Arrays.stream(sample).asLongStream().toArray())
    };
    return new Network(name(layers), Sequential.of(layers), input);
  }

  /**
   * Layers one after another on images.
   *
   * @param sample (channels, height, width)
   * @throws IllegalArgumentException in one line where the layers do not fit together
   */
  public static Network ofImages(int[] sample, Layer... layers) {
    int[] input = {sample[1], sample[2], sample[0]};
    return new Network(name(layers), Sequential.of(layers), input);
  }

  /** The layers in their own words, or by their classes where they have none. */
  private static String name(Layer... layers) {
    return Arrays.stream(layers)
        .map(layer -> layer.toString().replaceFirst("^(?:[\\w]+[.$])*([\\w]+)(?:@.*)?$", "$1"))
        .collect(Collectors.joining(", "));
  }

  /** Checks that the layers fit together. */
  public Network {
    product(layer.outputShape(inputShape));
    count(name, layer.parameters(inputShape));
  }

  /** Number of parameters P. */
  public int parameterCount() {
    return count(name, parameters());
  }

  private static int count(String name, List<ParameterSpec> parameters) {
    return Sizes.sum(
        "parameters of model '" + name + "'",
        "choose narrower layers",
        parameters.stream().mapToLong(ParameterSpec::size).toArray());
  }

  /** Parameters in their order within θ. */
  public List<ParameterSpec> parameters() {
    return layer.parameters(inputShape);
  }

  /** Running statistics of batch normalisations, in their order; none without those. */
  public List<ParameterSpec> runningStatistics() {
    return layer.runningStatistics(inputShape);
  }

  /** Number of running statistics Q. */
  public int runningStatisticsCount() {
    return BatchStatistics.size(runningStatistics());
  }

  /** Running statistics (R, Q) before training: means 0, variances 1. */
  public double[] initialRunningStatistics(int replicas) {
    int count = runningStatisticsCount();
    double[] values =
        new double[Sizes.product("running statistics of all replicas", FEWER, replicas, count)];
    for (int r = 0; r < replicas; r++) {
      int offset = r * count;
      for (ParameterSpec statistic : runningStatistics()) {
        int size = statistic.size();
        Arrays.fill(values, offset, offset + size, statistic.start());
        offset += size;
      }
    }
    return values;
  }

  /**
   * Reserves running statistics (R, Q) float64, which are those before training until others are
   * written.
   */
  public Tensor reserveRunningStatistics(Arena arena, int replicas) {
    Tensor running = arena.reserve(DType.FLOAT64, replicas, runningStatisticsCount());
    arena.onCommit(
        () -> arena.engine().memory().write(running, initialRunningStatistics(replicas)));
    return running;
  }

  /**
   * Evaluation mode with {@linkplain #reserveRunningStatistics reserved} running statistics, or
   * none where nothing is normalised.
   */
  public BatchStatistics evaluation(Arena arena, int replicas) {
    return runningStatisticsCount() == 0
        ? BatchStatistics.none()
        : BatchStatistics.running(reserveRunningStatistics(arena, replicas));
  }

  /** Features of one input sample. */
  public int inputSize() {
    return product(inputShape);
  }

  /** Outputs K. */
  public int outputSize() {
    return product(layer.outputShape(inputShape));
  }

  /** Whether inputs are images in channels-last order, as opposed to plain feature vectors. */
  public boolean takesImages() {
    return inputShape.length == 3;
  }

  /** The network as a chain of dense layers, if it is one. */
  public Optional<DenseChain> denseChain() {
    return layer.denseChain(inputShape);
  }

  /**
   * Initial parameters of one replica.
   *
   * <p>Parameter j is drawn from the stream of (seed, INITIALIZATION, replica) at step j.
   */
  public double[] initialParameters(Initialization initialization, long seed, int replica) {
    double[] theta = new double[parameterCount()];
    RandomKey key = RandomKey.of(seed, Purpose.INITIALIZATION, replica);
    int offset = 0;
    List<ParameterSpec> parameters = parameters();
    for (int j = 0; j < parameters.size(); j++) {
      initialization.fill(parameters.get(j), key.stream(j), theta, offset);
      offset += parameters.get(j).size();
    }
    return theta;
  }

  /** Views of a vector (R, P) as the parameters, (R, size) or, for matrices, (R, out, in). */
  public Tensor[] view(Tensor theta) {
    List<ParameterSpec> parameters = parameters();
    Tensor[] views = new Tensor[parameters.size()];
    long offset = 0;
    for (int j = 0; j < views.length; j++) {
      ParameterSpec parameter = parameters.get(j);
      views[j] =
          parameter.shape().length == 2
              ? theta.slice(offset, parameter.shape())
              : theta.slice(offset, parameter.size());
      offset += parameter.size();
    }
    return views;
  }

  /**
   * Views of K tangents a replica, (R·K, P), as the parameters: element [k] holds those of tangent
   * k, each (R, size) or (R, out, in).
   */
  public Tensor[][] view(Tensor tangents, int replicas) {
    int count = tangents.dim(0) / replicas;
    int size = parameterCount();
    Tensor[][] views = new Tensor[count][];
    for (int k = 0; k < count; k++) {
      views[k] =
          view(
              replicas == 1
                  ? tangents.rows(k, 1)
                  : tangents
                      .reshape(
                          replicas,
                          Sizes.product(
                              "parameters of all tangents", "a smaller block", count, size))
                      .slice((long) k * size, size));
    }
    return views;
  }

  /** Binds a network without batch normalisation to memory. */
  public BoundNetwork bind(Arena arena, DType dtype, int replicas, int samples, Backward backward) {
    return bind(arena, dtype, replicas, samples, backward, BatchStatistics.none());
  }

  /**
   * Binds the network to memory.
   *
   * @param arena where memory is reserved
   * @param dtype element type
   * @param replicas R
   * @param samples N of one pass
   * @param backward whether cotangents are needed
   * @param statistics where batch normalisations take mean and variance from
   * @throws IllegalArgumentException where there are batch normalisations and nobody says
   */
  public BoundNetwork bind(
      Arena arena,
      DType dtype,
      int replicas,
      int samples,
      Backward backward,
      BatchStatistics statistics) {
    return bind(arena, dtype, replicas, samples, backward, statistics, null);
  }

  /**
   * Binds the network to memory.
   *
   * @param draws random numbers of a training pass; null in evaluation, where layers that draw are
   *     the identity
   */
  public BoundNetwork bind(
      Arena arena,
      DType dtype,
      int replicas,
      int samples,
      Backward backward,
      BatchStatistics statistics,
      LayerDraws draws) {
    Tensor x = arena.reserve(dtype, replicas, samples, inputSize());
    Tensor y = arena.reserve(dtype, replicas, samples, outputSize());
    Tensor yBar =
        backward == Backward.NO ? null : arena.reserve(dtype, replicas, samples, outputSize());
    Wiring.Cotangents cotangents =
        backward == Backward.KEPT ? Wiring.Cotangents.KEPT : Wiring.Cotangents.REUSED;
    Wiring wiring = new Wiring(arena, inputShape, x, y, null, yBar, cotangents, statistics, draws);
    return new BoundNetwork(layer.bind(wiring, Activation.IDENTITY), x, y, yBar);
  }

  /** Whether a network is bound with cotangents. */
  public enum Backward {
    /** For gradients. */
    YES,
    /** For gradients and what rests on every layer's cotangents: tangents, products. */
    KEPT,
    /** For values only. */
    NO
  }

  /** Features of a sample of this shape. */
  static int product(int... shape) {
    return Sizes.product(
        "features of one sample " + Tensor.describe(shape),
        "choose a narrower model or smaller images",
        Arrays.stream(shape).asLongStream().toArray());
  }
}
