package org.noisescape.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.TorchGoldens.numbers;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.part;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.Loss;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Network;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.LossPass;
import org.noisescape.testing.Rounding;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.TorchGoldens;
import org.noisescape.testing.TorchNetworks;

/**
 * Outputs, losses, gradients and noise of four networks as PyTorch computes them in float64, the
 * per-sample gradients one backward pass each.
 */
@Tag(TestedEngines.TAG)
class TorchGoldensTest {
  private static final int SAMPLES = 6;

  /** PyTorch rounds as well, and θ is rounded to float32 there. */
  private static final double BOTH_ROUND = 4;

  static Stream<Arguments> cases() {
    return EngineUnderTest.all()
        .flatMap(
            on ->
                TorchGoldens.cases("passes").stream()
                    .flatMap(
                        golden ->
                            Stream.of(DType.FLOAT64, DType.FLOAT32)
                                .map(
                                    dtype ->
                                        Arguments.of(
                                            on,
                                            golden.path("model").asText(),
                                            golden.path("loss").asText(),
                                            dtype,
                                            golden))));
  }

  @Test
  void goldensNameTheirRecipeAndTheVersionOfPyTorch() {
    for (String name : new String[] {"passes", "curvature", "trajectories"}) {
      assertThat(TorchGoldens.read(name).path("recipe").asText()).contains("make_goldens.py");
      assertThat(TorchGoldens.read(name).path("torch").asText()).isNotBlank();
    }
    assertThat(TorchGoldens.cases("passes")).hasSize(21);
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
  @MethodSource("cases")
  void passesAgreeWithPyTorch(
      EngineUnderTest on, String model, String lossName, DType dtype, JsonNode golden) {
    int[] image = TorchNetworks.image(model);
    double[] outputs = numbers(golden.path("outputs"));
    int classes = outputs.length / SAMPLES;
    Network network = TorchNetworks.build(model, classes);
    Loss loss = Losses.parse(lossName);
    ArraySamples samples = TorchGoldens.samples(SAMPLES, image, classes);
    double[] theta = TorchGoldens.parameters(network);
    assertThat(network.parameterCount()).isEqualTo(golden.path("parameters").intValue());
    double relative = BOTH_ROUND * Rounding.relative(network, dtype);
    double[] losses = numbers(golden.path("losses"));
    double[] norms = numbers(golden.path("sample_norms_squared"));
    double meanSquare = Arrays.stream(norms).average().orElseThrow();

    try (LossPass pass = new LossPass(on.engine(), network, loss, dtype, 1, SAMPLES)) {
      pass.samples(channelsLast(samples), targets(samples)).parameters(theta);
      close("outputs", pass.outputs(), outputs, relative * norm(outputs));
      close("losses", pass.losses(), losses, relative * (1 + norm(losses)));
      close("norms", pass.gradientAndNorms().norms(), norms, 2 * relative * norm(norms));
    }
    try (Arena arena = on.engine().arena()) {
      ResidentData data = new ResidentData(samples, network, loss, dtype, arena);
      // two chunks, the second one short
      EmpiricalRisk risk = new EmpiricalRisk(data, arena, RiskOptions.gradients().withChunk(4));
      Tensor parameters = arena.reserve(dtype, 1, theta.length);
      Tensor gradientVector = arena.reserve(dtype, 1, theta.length);
      arena.commit();
      on.engine().memory().write(parameters, theta);
      GradientNoise noise =
          risk.noise(network.view(parameters), network.view(gradientVector), gradientVector)[0];
      double[] gradient = on.engine().memory().readDoubles(gradientVector);

      double root = Math.sqrt(meanSquare);
      double[] start = numbers(golden.path("gradient_start"));
      double[] end = numbers(golden.path("gradient_end"));
      close("∇L", part(gradient, 0, start.length), start, relative * root);
      int last = theta.length - end.length;
      close("∇L", part(gradient, last, end.length), end, relative * root);
      double[] wave = TorchGoldens.wave(theta.length, 9.75, 1);
      double projection = golden.path("gradient_dot_wave").doubleValue();
      close("∇L·w", dot(gradient, wave), projection, relative * root * norm(wave));
      double squared = golden.path("gradient_norm_squared").doubleValue();
      close("‖∇L‖²", noise.gradientNormSquared(), squared, 2 * relative * meanSquare);
      double strength = golden.path("noise_strength").doubleValue();
      close("𝒩", noise.noiseStrength(), strength, 2 * relative * meanSquare);
      close("𝒩 relative", noise.noiseStrength() / strength, 1, 1e-4);
      double mean = Arrays.stream(losses).average().orElseThrow();
      close("L", noise.value().loss(), mean, relative * (1 + mean));
    }
  }

  private static double[] channelsLast(ArraySamples samples) {
    int channels = samples.image()[0];
    int pixels = samples.image()[1] * samples.image()[2];
    double[] x = new double[samples.features().length];
    for (int i = 0; i < x.length; i++) {
      int sample = i / (channels * pixels);
      int channel = i / pixels % channels;
      int pixel = i % pixels;
      x[(sample * pixels + pixel) * channels + channel] = samples.features()[i];
    }
    return x;
  }

  private static double[] targets(ArraySamples samples) {
    double[] targets = new double[samples.targets().length];
    Arrays.setAll(targets, i -> samples.targets()[i]);
    return targets;
  }
}
