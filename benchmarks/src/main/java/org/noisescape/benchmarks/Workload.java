package org.noisescape.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
record Workload(String model, int[] image, int outputs, int batch, int samples, int steps)
    implements SampleSource {
  static final List<Workload> ALL =
      List.of(
          new Workload("mlp:2000,2000,2000", new int[] {1, 28, 28}, 10, 100, 2000, 20),
          new Workload("mlp:100,100", new int[] {1, 28, 28}, 1, 100, 10_000, 500),
          new Workload("mlp:10", new int[] {1, 28, 28}, 1, 10, 10_000, 2000),
          new Workload("meng-cnn", new int[] {1, 28, 28}, 10, 100, 2000, 100),
          new Workload("mori-cnn", new int[] {3, 32, 32}, 10, 100, 400, 2),
          new Workload("resnet18", new int[] {3, 32, 32}, 10, 100, 400, 1));

  /** With as many times the steps as STEPS_FACTOR says. */
  Workload scaled() {
    int scaled = (int) Math.max(1, Math.round(BenchmarkEngine.stepsFactor() * steps));
    return new Workload(model, image, outputs, batch, samples, scaled);
  }

  /** All models. */
  static List<String> models() {
    return ALL.stream().map(Workload::model).toList();
  }

  /** The workload of a model, or of one that is the same but for what stands behind a colon. */
  static Workload of(String model) {
    Workload base =
        ALL.stream()
            .filter(w -> (model + ":").startsWith(w.model() + ":"))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no workload is like " + model));
    return new Workload(model, base.image, base.outputs, base.batch, base.samples, base.steps);
  }

  Network network() {
    return ModelZoo.build(model, image, outputs);
  }

  /**
   * PyTorch's ways to do the training step, each with what divides its time; on a GPU the fastest
   * first, the whole step as one graph, of compiled code and of PyTorch's own kernels.
   *
   * @param optimizer as users write it
   * @param device whether on a GPU
   */
  Map<String, Double> steps(String optimizer, boolean device) {
    Map<String, Double> ways = new LinkedHashMap<>();
    String rule = optimizer.equals("sgd") ? "" : "/" + optimizer;
    List<String> steps =
        device ? List.of("/drawn/compiled/graph", "/drawn/graph", "/drawn") : List.of("");
    for (String way : steps) {
      String step = rule + way;
      ways.put(model + step, 1.0);
      if (network().takesImages()) {
        ways.put(model + step + "/channels-last", 1.0);
      }
    }
    return ways;
  }

  /** The same features with one-hot targets where there are several outputs. */
  SampleSource classified() {
    return outputs == 1 ? this : new Classified(this);
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

  TrainingPlan plan(String optimizer, int rounds) {
    double epochs = (double) rounds * steps / (samples / batch);
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
    fill(2L * first, destination);
  }

  @Override
  public void copyTargets(int first, int count, float[] destination) {
    fill(2L * first + 1, destination);
  }

  private static void fill(long step, float[] destination) {
    RandomStream random = RandomKey.of(1, Purpose.SYNTHETIC_DATA, 0).stream(step);
    for (int i = 0; i < destination.length; i++) {
      destination[i] = (float) random.nextDouble();
    }
  }
}
