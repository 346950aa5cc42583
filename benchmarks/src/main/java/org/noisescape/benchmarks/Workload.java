package org.noisescape.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.noisescape.files.JsonFile;
import org.noisescape.loss.CrossEntropy;
import org.noisescape.loss.Loss;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.SampleSource;
import org.noisescape.optim.Optimizers;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.train.TrainingPlan;

/**
 * A model with uniform random data of its usual shape.
 *
 * @param model name in the zoo and of the PyTorch peer
 * @param image (channels, height, width)
 * @param outputs K
 * @param batch B
 * @param samples N
 * @param steps training steps of one measurement
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Workload(String model, int[] image, int outputs, int batch, int samples, int steps)
    implements SampleSource {
  private static final List<Workload> USUAL =
      List.of(
          new Workload("mlp:2000,2000,2000", new int[] {1, 28, 28}, 10, 100, 2000, 20),
          new Workload("mlp:100,100", new int[] {1, 28, 28}, 1, 100, 10_000, 500),
          new Workload("mlp:10", new int[] {1, 28, 28}, 1, 10, 10_000, 2000),
          new Workload("meng-cnn", new int[] {1, 28, 28}, 10, 100, 2000, 100),
          new Workload("mori-cnn", new int[] {3, 32, 32}, 10, 100, 400, 2),
          new Workload("resnet18", new int[] {3, 32, 32}, 10, 100, 400, 1));

  /** Of every kind of layer, in moments. */
  private static final List<Workload> TINY =
      List.of(
          new Workload("mlp:100,100", new int[] {1, 4, 4}, 1, 10, 40, 2),
          new Workload("mlp:10", new int[] {1, 4, 4}, 1, 10, 40, 2),
          new Workload("meng-cnn", new int[] {1, 28, 28}, 10, 4, 12, 2),
          new Workload("resnet18:2", new int[] {3, 32, 32}, 10, 4, 8, 1));

  /** All of the size that is asked for, with as many steps as STEPS_FACTOR says. */
  static List<Workload> all(BenchSettings settings) {
    return sized(settings).stream().map(one -> one.scaled(settings)).toList();
  }

  /** Those of the models that are asked for. */
  static List<Workload> asked(BenchSettings settings) {
    return settings.models().isEmpty()
        ? all(settings)
        : settings.models().stream().map(model -> of(settings, model)).toList();
  }

  /** The workload of a model, or of one that is the same but for what stands behind a colon. */
  static Workload of(BenchSettings settings, String model) {
    Workload base =
        sized(settings).stream()
            .filter(w -> (model + ":").startsWith(w.model() + ":"))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no workload is like " + model));
    return new Workload(model, base.image, base.outputs, base.batch, base.samples, base.steps)
        .scaled(settings);
  }

  private static List<Workload> sized(BenchSettings settings) {
    return settings.size() == BenchSettings.Size.TINY ? TINY : USUAL;
  }

  private Workload scaled(BenchSettings settings) {
    return new Workload(model, image, outputs, batch, samples, settings.steps(steps));
  }

  /** The same with another mini-batch and another number of samples. */
  Workload with(int size, int count) {
    return new Workload(model, image, outputs, size, count, steps);
  }

  /** What peers are told. */
  ObjectNode json() {
    ObjectNode node = JsonFile.MAPPER.createObjectNode();
    node.put("model", model);
    for (int length : image) {
      node.withArray("image").add(length);
    }
    return node.put("outputs", outputs).put("batch", batch).put("samples", samples);
  }

  Network network() {
    return ModelZoo.build(model, image, outputs);
  }

  /**
   * Peers' ways to do the training step; on a GPU the fastest first, the whole step as one graph,
   * of compiled code and of PyTorch's own kernels.
   *
   * @param optimizer as users write it
   * @param device whether on a GPU
   */
  List<Way> stepWays(String optimizer, boolean device) {
    List<Way> ways = new ArrayList<>();
    String step = model + (optimizer.equals("sgd") ? "" : "/" + optimizer);
    List<String> variants =
        device ? List.of("/drawn/compiled/graph", "/drawn/graph", "/drawn") : List.of("");
    for (String variant : variants) {
      ways.add(Way.of(step + variant, steps));
      if (network().takesImages()) {
        ways.add(Way.of(step + variant + "/channels-last", steps));
      }
    }
    if (!device && !network().takesImages()) {
      ways.add(Way.of(step + "/numpy", steps));
    }
    return ways;
  }

  /** The same features with one-hot targets where there are several outputs. */
  SampleSource classified() {
    return outputs == 1 ? this : new Classified(this);
  }

  /** Cross-entropy where there are several outputs. */
  Loss classLoss() {
    return outputs == 1 ? new MeanSquare() : new CrossEntropy(0);
  }

  private record Classified(Workload workload) implements SampleSource {
    @Override
    public int size() {
      return workload.size();
    }

    @Override
    public int[] imageShape() {
      return workload.imageShape();
    }

    @Override
    public int outputs() {
      return workload.outputs();
    }

    @Override
    public void copyFeatures(int first, int count, float[] destination) {
      workload.copyFeatures(first, count, destination);
    }

    @Override
    public void copyTargets(int first, int count, float[] destination) {
      for (int n = 0; n < count; n++) {
        for (int k = 0; k < outputs(); k++) {
          destination[n * outputs() + k] = (first + n) % outputs() == k ? 1 : 0;
        }
      }
    }
  }

  TrainingPlan plan(String optimizer, long rounds) {
    int stepsPerEpoch = samples / batch;
    double epochs = (double) rounds * steps / stepsPerEpoch;
    return TrainingPlan.of(network(), new MeanSquare())
        .rules(Optimizers.parse(optimizer))
        .learningRate(0.001)
        .batch(batch)
        .epochs(epochs)
        .build();
  }

  @Override
  public int size() {
    return samples;
  }

  @Override
  public int[] imageShape() {
    return image;
  }

  @Override
  public void copyFeatures(int first, int count, float[] destination) {
    RandomStream random = stream(2L * first);
    for (int i = 0; i < destination.length; i++) {
      destination[i] = random.nextInt(256) / 255f;
    }
  }

  @Override
  public void copyTargets(int first, int count, float[] destination) {
    RandomStream random = stream(2L * first + 1);
    for (int i = 0; i < destination.length; i++) {
      destination[i] = (float) random.nextDouble();
    }
  }

  private static RandomStream stream(long step) {
    return RandomKey.of(1, Purpose.SYNTHETIC_DATA, 0).stream(step);
  }
}
