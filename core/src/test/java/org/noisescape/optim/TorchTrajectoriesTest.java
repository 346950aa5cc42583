package org.noisescape.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.TorchGoldens.numbers;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.norm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.tensor.DType;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.LossPass;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.TorchGoldens;
import org.noisescape.testing.Vectors;

/** Twenty steps of torch.optim.SGD on a small network, with momentum and without. */
@Tag(TestedEngines.TAG)
class TorchTrajectoriesTest {
  private static final int FEATURES = 6;
  private static final int CLASSES = 3;

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theStepsAreThoseOfPyTorch(EngineUnderTest on) {
    JsonNode file = TorchGoldens.read("trajectories");
    int batch = file.path("batch").intValue();
    int count = file.path("samples").intValue();
    int steps = file.path("steps").intValue();
    double rate = file.path("rate").doubleValue();
    int[] image = {FEATURES, 1, 1};
    Network network = ModelZoo.build(file.path("model").asText(), image, CLASSES);
    ArraySamples samples = TorchGoldens.samples(count, image, CLASSES);
    double[] start = TorchGoldens.parameters(network);
    assertThat(TorchGoldens.cases("trajectories")).hasSize(3);
    for (JsonNode golden : file.path("cases")) {
      String optimizer = golden.path("optimizer").asText();
      double[] losses = numbers(golden.path("losses"));
      double[] end = numbers(golden.path("theta"));
      for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
        double bound = 32 * steps * Vectors.epsilon(dtype);
        try (RuleRun run = new RuleRun(on, optimizer, dtype, 1, 0, 1, start);
            LossPass pass =
                new LossPass(
                    on.engine(),
                    network,
                    Losses.parse(file.path("loss").asText()),
                    dtype,
                    1,
                    batch)) {
          for (int k = 0; k < steps; k++) {
            choose(pass, samples, batch, k);
            double loss = pass.parameters(run.theta()).meanLosses()[0];
            close(optimizer + " loss of step " + k, loss, losses[k], bound * (1 + losses[k]));
            run.step(rate, theta -> pass.parameters(theta).gradient());
          }
          close(optimizer + " θ", run.theta(), end, bound * norm(end));
        }
      }
    }
  }

  /** Samples (7 k + 3 j) mod n. */
  private static void choose(LossPass pass, ArraySamples samples, int batch, int k) {
    double[] x = new double[batch * FEATURES];
    double[] targets = new double[batch * CLASSES];
    for (int j = 0; j < batch; j++) {
      int index = (7 * k + 3 * j) % samples.size();
      for (int i = 0; i < FEATURES; i++) {
        x[j * FEATURES + i] = samples.features()[index * FEATURES + i];
      }
      for (int i = 0; i < CLASSES; i++) {
        targets[j * CLASSES + i] = samples.targets()[index * CLASSES + i];
      }
    }
    pass.samples(x, targets);
  }
}
