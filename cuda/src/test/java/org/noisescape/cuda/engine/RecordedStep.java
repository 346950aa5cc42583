package org.noisescape.cuda.engine;

import java.util.List;
import org.noisescape.cuda.device.Device;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.objective.ResidentData;
import org.noisescape.optim.Optimizers;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.testing.ArraySamples;
import org.noisescape.train.TrainingPlan;
import org.noisescape.train.TrainingStep;

/**
 * A training step of a network of the papers, whose nodes are counted.
 *
 * @param model as users write it
 * @param channels of the pictures
 * @param size of the pictures, rows and columns alike
 * @param outputs K
 * @param batch B
 */
record RecordedStep(String model, int channels, int size, int outputs, int batch) {
  /** Samples, fewer than which no mini-batch has. */
  private static final int SAMPLES = 200;

  private static final double RATE = 0.01;

  static List<RecordedStep> all() {
    return List.of(
        new RecordedStep("mlp:10", 1, 28, 1, 10),
        new RecordedStep("mlp:100,100", 1, 28, 1, 100),
        new RecordedStep("mlp:2000,2000,2000", 1, 28, 10, 100),
        new RecordedStep("meng-cnn", 1, 28, 10, 100),
        new RecordedStep("mori-cnn", 3, 32, 10, 100),
        new RecordedStep("resnet18", 3, 32, 10, 100));
  }

  private TrainingPlan plan(String optimizer) {
    return TrainingPlan.of(
            ModelZoo.build(model, new int[] {channels, size, size}, outputs),
            Losses.parse(outputs == 1 ? "mse" : "ce"))
        .rules(Optimizers.parse(optimizer))
        .learningRate(RATE)
        .batch(batch)
        .epochs(10)
        .seed(1)
        .replicas(1)
        .dtype(DType.FLOAT32)
        .build();
  }

  private ArraySamples samples() {
    float[] targets = new float[SAMPLES * outputs];
    for (int n = 0; n < SAMPLES; n++) {
      targets[n * outputs] = 1;
    }
    return new ArraySamples(
        new int[] {channels, size, size},
        outputs,
        new float[SAMPLES * channels * size * size],
        targets);
  }

  /** Names of the nodes of a step's graph. */
  List<String> nodes(Device device, String optimizer) {
    CudaEngine engine = new CudaEngine(device);
    try (Arena arena = engine.arena()) {
      TrainingPlan plan = plan(optimizer);
      ResidentData data = plan.resident(samples(), arena);
      TrainingStep step = new TrainingStep(plan, data, arena, List.of());
      arena.commit();
      step.startFrom(
          new double[plan.network().parameterCount()],
          new double[plan.network().runningStatisticsCount()]);
      step.run(RATE);
      step.run(RATE);
      return device.graphs().getLast().names();
    }
  }
}
