package org.noisescape.nn;

import example.Projection;
import example.Softsign;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.noisescape.loss.Loss;
import org.noisescape.loss.Losses;
import org.noisescape.nn.BatchStatistics.Kind;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.LossPass;
import org.noisescape.testing.Vectors;

/**
 * A small network with a loss on an engine, and random parameters and samples for it.
 *
 * @param on the engine
 * @param network of awkward sizes
 * @param loss as users write it
 * @param statistics where batch normalisations take mean and variance from
 */
record NetworkCase(EngineUnderTest on, Network network, String loss, Kind statistics) {
  static final List<String> LOSSES = List.of("mse", "ce", "ce:0.1");

  /**
   * Every loss with the networks without images, in turn with the others; batch normalisation in
   * evaluation mode, where samples are independent.
   */
  static Stream<NetworkCase> all() {
    return EngineUnderTest.all()
        .flatMap(
            engine ->
                IntStream.range(0, networks().size())
                    .mapToObj(i -> i)
                    .flatMap(
                        i ->
                            LOSSES.stream()
                                .filter(loss -> i < 2 || suits(engine, loss, i))
                                .map(loss -> separate(engine, networks().get(i), loss))));
  }

  /** The same, and batch normalisation in training mode. */
  static Stream<NetworkCase> allModes() {
    return Stream.concat(all(), coupled());
  }

  /** The reference engine is slow; a layer meets the loss only through a cotangent. */
  private static boolean suits(EngineUnderTest engine, String loss, int network) {
    return engine.equals(EngineUnderTest.HOST) || LOSSES.indexOf(loss) == network % LOSSES.size();
  }

  /** Every engine and network with one loss. */
  static Stream<NetworkCase> oneLoss() {
    return EngineUnderTest.all()
        .flatMap(engine -> networks().stream().map(network -> separate(engine, network, "ce")));
  }

  /** The same, and batch normalisation in training mode. */
  static Stream<NetworkCase> oneLossAllModes() {
    return Stream.concat(oneLoss(), coupled());
  }

  private static NetworkCase separate(EngineUnderTest engine, Network network, String loss) {
    Kind kind = network.runningStatisticsCount() > 0 ? Kind.RUNNING : Kind.NONE;
    return new NetworkCase(engine, network, loss, kind);
  }

  private static Stream<NetworkCase> coupled() {
    return EngineUnderTest.all()
        .flatMap(
            engine ->
                normalized().stream()
                    .map(network -> new NetworkCase(engine, network, "ce", Kind.BATCH)));
  }

  /** Each layer at least once, in each of the roles that Sequential tells apart. */
  static List<Network> networks() {
    List<Network> all = new ArrayList<>(plain());
    all.addAll(normalized());
    return all;
  }

  /** Networks with batch normalisation, in the roles the deep architectures give it. */
  static List<Network> normalized() {
    return List.of(
        network(
            "normalised features",
            flat(6),
            new Dense(5),
            new BatchNorm(1e-3, 0.1),
            new Activate(Activation.TANH),
            new BatchNorm(),
            new Activate(Activation.RELU),
            new Dense(3)),
        network(
            "normalised first, average pool",
            image(5, 4, 3),
            new BatchNorm(),
            bare(4, 3, 1),
            new BatchNorm(),
            new Activate(Activation.RELU),
            new AveragePool2d(2),
            new Flatten(),
            new Dense(3)),
        network(
            "residual blocks, projected and not",
            image(4, 5, 2),
            bare(3, 3, 1),
            new BatchNorm(),
            new Activate(Activation.RELU),
            Residual.identity(
                Sequential.of(
                    bare(3, 3, 1),
                    new BatchNorm(),
                    new Activate(Activation.RELU),
                    bare(3, 3, 1),
                    new BatchNorm())),
            new Activate(Activation.RELU),
            Residual.projected(
                Sequential.of(bare(4, 3, 2), new BatchNorm(), new Activate(Activation.TANH)),
                "downsample",
                Sequential.of(bare(4, 1, 2), new BatchNorm())),
            new Activate(Activation.SIGMOID),
            AveragePool2d.global(),
            new Flatten(),
            new Dense(3)),
        network(
            "residual first, concatenations",
            image(4, 4, 2),
            Residual.projected(new MaxPool2d(1, 1), "shortcut", bare(2, 1, 1)),
            Concatenation.withInput(
                Sequential.of(
                    new BatchNorm(), new Activate(Activation.RELU), new Conv2d(3, 3, 1, 1))),
            Concatenation.withInput(bare(1, 1, 1)),
            new BatchNorm(),
            new Flatten(),
            Concatenation.withInput(new Dense(2)),
            new Dense(3)),
        network(
            "branches beside each other, normalised",
            image(4, 4, 2),
            beside(
                Sequential.of(bare(2, 3, 1), new BatchNorm()),
                new BatchNorm(),
                null,
                Sequential.of(bare(1, 1, 1), new Activate(Activation.SIGMOID), new BatchNorm())),
            new Flatten(),
            new Dense(3)));
  }

  /** Branches, null for the input. */
  private static Concatenation beside(Layer... layers) {
    List<Concatenation.Branch> branches = new ArrayList<>();
    for (Layer layer : layers) {
      branches.add(
          layer == null
              ? Concatenation.Branch.INPUT
              : new Concatenation.Branch(Integer.toString(branches.size()), layer));
    }
    return new Concatenation(branches);
  }

  private static List<Network> plain() {
    return List.of(
        ModelZoo.build("linear", new int[] {13, 1, 1}, 3),
        ModelZoo.build("mlp:7,5", new int[] {13, 1, 1}, 3),
        ModelZoo.build("meng-cnn", new int[] {1, 16, 16}, 4),
        network(
            "concatenation first",
            image(3, 4, 2),
            Concatenation.withInput(Sequential.of(new Conv2d(2, 3, 1, 1))),
            new Flatten(),
            new Dense(2)),
        network(
            "branches beside each other, pools and input first",
            image(4, 4, 2),
            beside(
                new MaxPool2d(1, 1),
                null,
                Sequential.of(new Conv2d(2, 3, 1, 1), new Activate(Activation.TANH)),
                new Conv2d(1, 1, 1, 0)),
            beside(
                Sequential.of(new Conv2d(2, 3, 2, 1), new Activate(Activation.RELU)),
                Sequential.of(new AveragePool2d(2))),
            new Flatten(),
            beside(new Activate(Activation.TANH), new Dense(2), null, new Dense(3)),
            new Dense(2)),
        network(
            "sigmoid and tanh",
            flat(6),
            dense(5, Activation.SIGMOID),
            dense(4, Activation.TANH),
            new Dense(2)),
        network(
            "3x3 padded, pool",
            image(9, 7, 2),
            new Conv2d(4, 3, 1, 1),
            new Activate(Activation.RELU),
            new MaxPool2d(2, 2),
            new Flatten(),
            new Dense(3)),
        network(
            "stride 2",
            image(9, 7, 2),
            new Conv2d(3, 3, 2, 1),
            new Activate(Activation.TANH),
            new Flatten(),
            new Dense(2)),
        network(
            "5x5 unpadded",
            image(9, 7, 2),
            new Conv2d(2, 5, 1, 0),
            new Activate(Activation.RELU),
            new Flatten(),
            new Dense(3)),
        network(
            "overlapping pools, activation after pool, flatten as view",
            image(9, 7, 2),
            new Conv2d(3, 3, 1, 1),
            new MaxPool2d(3, 2, 1),
            new Activate(Activation.SIGMOID),
            new Conv2d(1, 1, 1, 0),
            new Flatten(),
            new Dense(2)),
        network(
            "layers of a user",
            flat(6),
            new Projection(5),
            new Softsign(),
            new Dense(4),
            new Softsign(),
            new Projection(3)),
        network(
            "activations that read their input",
            flat(6),
            new Activate(Activation.SOFTPLUS),
            dense(5, Activation.GELU),
            dense(5, Activation.SILU),
            new Activate(Activation.GELU_TANH),
            dense(4, Activation.LEAKY_RELU),
            new Activate(Activation.GELU),
            new Dense(3)),
        network(
            "smooth convolutions in residual blocks",
            image(4, 5, 2),
            new Conv2d(3, 3, 1, 1),
            new Activate(Activation.SILU),
            Residual.identity(
                Sequential.of(
                    new Activate(Activation.GELU),
                    new Conv2d(3, 3, 1, 1),
                    new Activate(Activation.GELU))),
            new Activate(Activation.SOFTPLUS),
            Concatenation.withInput(Sequential.of(new Activate(Activation.SILU), bare(1, 1, 1))),
            new Activate(Activation.LEAKY_RELU),
            new Flatten(),
            new Dense(3)),
        network(
            "group and layer normalisation",
            image(4, 5, 3),
            GroupNorm.of(1),
            bare(6, 3, 1),
            GroupNorm.of(3),
            new Activate(Activation.LEAKY_RELU),
            Residual.projected(
                Sequential.of(bare(4, 3, 2), GroupNorm.of(4), new Activate(Activation.SILU)),
                "downsample",
                Sequential.of(bare(4, 1, 2), GroupNorm.of(2))),
            new LayerNorm(1e-3),
            new Activate(Activation.RELU),
            new Flatten(),
            new LayerNorm(),
            new Activate(Activation.GELU),
            new Dense(3),
            new LayerNorm()),
        network("pool first", image(4, 6, 3), new MaxPool2d(2, 2), new Flatten(), new Dense(2)),
        network(
            "stand-alone activations, nested",
            flat(6),
            new Activate(Activation.TANH),
            Sequential.of(new Dense(5), new Activate(Activation.SIGMOID)),
            new Activate(Activation.TANH),
            new Activate(Activation.SIGMOID),
            Sequential.of(new Dense(4), new Dense(3)),
            new Activate(Activation.TANH)));
  }

  /** A network of the case in a type, for N samples and R parameter vectors. */
  LossPass pass(DType dtype, int replicas, int samples) {
    return new LossPass(engine(), network, parsedLoss(), dtype, replicas, samples, statistics);
  }

  Engine engine() {
    return on.engine();
  }

  Loss parsedLoss() {
    return Losses.parse(loss);
  }

  /**
   * Initial weights of replicas first, first + 1, …, with biases away from zero, float32 values.
   */
  double[] theta(int first, int replicas) {
    int size = network.parameterCount();
    double[] theta = new double[replicas * size];
    for (int r = 0; r < replicas; r++) {
      double[] start = network.initialParameters(Initialization.HE, 5, first + r);
      double[] noise = Vectors.normals(7 + first + r, size);
      for (int i = 0; i < size; i++) {
        theta[r * size + i] = (float) (start[i] + 0.1 * noise[i]);
      }
    }
    return theta;
  }

  /** Inputs of replicas first, first + 1, …. */
  double[] x(int first, int replicas, int samples) {
    return rows(100, first, replicas, samples * network.inputSize());
  }

  /** One-hot targets. */
  double[] targets(int first, int replicas, int samples) {
    int classes = network.outputSize();
    double[] score = rows(200, first, replicas, samples * classes);
    double[] targets = new double[score.length];
    for (int row = 0; row < replicas * samples; row++) {
      int largest = 0;
      for (int k = 1; k < classes; k++) {
        if (score[row * classes + k] > score[row * classes + largest]) {
          largest = k;
        }
      }
      targets[row * classes + largest] = 1;
    }
    return targets;
  }

  private static double[] rows(long seed, int first, int replicas, int size) {
    double[] all = new double[replicas * size];
    for (int r = 0; r < replicas; r++) {
      System.arraycopy(Vectors.normals(seed + first + r, size), 0, all, r * size, size);
    }
    return all;
  }

  private static Network network(String name, int[] input, Layer... layers) {
    return new Network(name, Sequential.of(layers), input);
  }

  private static Layer dense(int outputs, Activation activation) {
    return Sequential.of(new Dense(outputs), new Activate(activation));
  }

  private static Layer bare(int outputs, int kernel, int stride) {
    return new Conv2d(outputs, kernel, stride, kernel / 2, Conv2d.Bias.NONE);
  }

  private static int[] flat(int features) {
    return new int[] {features};
  }

  private static int[] image(int height, int width, int channels) {
    return new int[] {height, width, channels};
  }

  @Override
  public String toString() {
    return on + ", " + network.name() + ", " + loss + (statistics == Kind.BATCH ? ", batch" : "");
  }
}
