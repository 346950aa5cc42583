package org.noisescape.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.TorchGoldens.numbers;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.part;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.linop.LinearOperator;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Network;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Rounding;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.TorchGoldens;
import org.noisescape.testing.TorchNetworks;

/** Products with H, G and S as PyTorch computes them in float64 by repeated differentiation. */
@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class TorchCurvatureTest {
  private static final int SAMPLES = 6;

  /** PyTorch rounds as well, θ is rounded to float32 there, and a product takes two passes. */
  private static final double MARGIN = 8;

  static Stream<Arguments> cases() {
    return EngineUnderTest.all()
        .flatMap(
            on ->
                TorchGoldens.cases("curvature").stream()
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
  void everyNetworkAndLossIsThere() {
    assertThat(TorchGoldens.cases("curvature")).hasSize(24);
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
  @MethodSource("cases")
  void productsAgreeWithPyTorch(
      EngineUnderTest on, String model, String loss, DType dtype, JsonNode golden) {
    Network network = TorchNetworks.build(model, golden.path("outputs").intValue());
    // two chunks, the second one short
    CurvatureOptions options = new CurvatureOptions(dtype, 2, 4, 0);
    try (Curvature curvature =
        Curvature.over(
                on.engine(),
                network,
                Losses.parse(loss),
                TorchGoldens.samples(SAMPLES, TorchNetworks.image(model), network.outputSize()),
                options)
            .at(TorchGoldens.parameters(network))) {
      check(golden.path("hessian"), curvature.hessian(), network);
      check(golden.path("gauss_newton"), curvature.gaussNewton(), network);
      check(golden.path("covariance"), curvature.covariance(), network);
    }
  }

  private static void check(JsonNode golden, LinearOperator operator, Network network) {
    double[] v = TorchGoldens.wave(operator.dimension(), 4.5, 1);
    double[] product = apply(operator, v);
    double expected = golden.path("norm").doubleValue();
    double bound = MARGIN * Rounding.relative(network, operator.dtype()) * expected;
    String name = operator.name();
    double[] start = numbers(golden.path("start"));
    double[] end = numbers(golden.path("end"));
    close(name + " norm", norm(product), expected, bound);
    close(name + " start", part(product, 0, start.length), start, bound);
    int last = product.length - end.length;
    close(name + " end", part(product, last, end.length), end, bound);
    double[] wave = TorchGoldens.wave(v.length, 9.75, 1);
    double[][] probes = {wave, v};
    String[] keys = {"dot_wave", "dot_v"};
    for (int i = 0; i < keys.length; i++) {
      close(
          name + " " + keys[i],
          dot(product, probes[i]),
          golden.path(keys[i]).doubleValue(),
          bound * norm(probes[i]));
    }
  }

  private static double[] apply(LinearOperator operator, double... v) {
    try (Arena arena = operator.engine().arena()) {
      Tensor x = arena.reserve(operator.dtype(), 1, v.length);
      Tensor y = arena.reserve(operator.dtype(), 1, v.length);
      arena.commit();
      operator.engine().memory().write(x, v);
      operator.apply(x, y);
      return operator.engine().memory().readDoubles(y);
    }
  }
}
