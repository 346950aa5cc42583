package org.noisescape.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.Materialization;
import org.noisescape.loss.Losses;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Vectors;

/** tr G from the norms of the outputs' gradients against the dense matrices, layer by layer. */
class ExactTraceTest {
  private static final int SAMPLES = 7;
  private static final int MANY = 2000;

  static Stream<Network> networks() {
    return NetworkCase.networks().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void traceIsThatOfTheMatrixAndThatOfTheHessianWhereTheNetworkIsPiecewiseLinear(Network network) {
    // a matrix takes a product a parameter
    List<String> losses =
        network.parameterCount() > MANY ? List.of("ce:0.1") : List.of("mse", "ce:0.1");
    for (String loss : losses) {
      try (Curvature curvature = curvature(network, loss, DType.FLOAT64)) {
        double exact = trace(curvature.gaussNewton());
        close(loss, curvature.gaussNewtonTrace(), exact, 1e-12 * exact);
        assertThat(curvature.hessianHasTraceOfGaussNewton()).isEqualTo(!isSmooth(network));
        if (!isSmooth(network)) {
          close(loss + ", H", trace(curvature.hessian()), exact, 1e-11 * exact);
        }
      }
    }
  }

  private static boolean isSmooth(Network network) {
    String layers = network.layer().toString();
    return Stream.of("TANH", "SIGMOID", "Softsign", "SILU", "GELU", "GroupNorm", "LayerNorm")
        .anyMatch(layers::contains);
  }

  @Test
  void aSmoothActivationKeepsTheTracesApart() {
    Network network =
        new Network(
            "tanh",
            Sequential.of(new Dense(5), new Activate(Activation.TANH), new Dense(3)),
            new int[] {6});
    try (Curvature curvature = curvature(network, "mse", DType.FLOAT64)) {
      double exact = curvature.gaussNewtonTrace();
      assertThat(curvature.hessianHasTraceOfGaussNewton()).isFalse();
      assertThat(Math.abs(trace(curvature.hessian()) - exact)).isGreaterThan(1e-3 * exact);
    }
  }

  @Test
  void float32IsAsGoodAsItsRounding() {
    Network network = ModelZoo.build("mlp:4", new int[] {2, 2, 1}, 3);
    try (Curvature curvature = curvature(network, "ce", DType.FLOAT32)) {
      double float32 = curvature.gaussNewtonTrace();
      try (Curvature finer = curvature(network, "ce", DType.FLOAT64)) {
        close("float32", float32, finer.gaussNewtonTrace(), 1e-6 * float32);
      }
    }
  }

  @Test
  void samplesThatShareABatchsStatisticsAreRefused() {
    Network network = NetworkCase.normalized().getFirst();
    ArraySamples samples = ArraySamples.normal(5, 6, images(network), network.outputSize());
    try (Curvature curvature =
        Curvature.over(
                EngineUnderTest.HOST.engine(),
                network,
                Losses.parse("ce"),
                samples,
                CurvatureOptions.of(DType.FLOAT64).ofBatches(3))
            .at(theta(network))) {
      assertThat(curvature.hessianHasTraceOfGaussNewton()).isFalse();
      assertThatThrownBy(curvature::gaussNewtonTrace)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("batch normalisation couples");
    }
  }

  /** Samples in chunks of three: the last one is padded. */
  private static Curvature curvature(Network network, String loss, DType dtype) {
    ArraySamples samples = ArraySamples.normal(5, SAMPLES, images(network), network.outputSize());
    return Curvature.over(
            EngineUnderTest.HOST.engine(),
            network,
            Losses.parse(loss),
            samples,
            new CurvatureOptions(dtype, 16, 3, 1 << 20))
        .at(theta(network), network.initialRunningStatistics(1));
  }

  private static double[] theta(Network network) {
    double[] theta = Vectors.normals(4, network.parameterCount());
    return Arrays.stream(theta).map(t -> 0.4 * t).toArray();
  }

  private static int[] images(Network network) {
    int[] shape = network.inputShape();
    return shape.length == 1
        ? new int[] {shape[0], 1, 1}
        : new int[] {shape[2], shape[0], shape[1]};
  }

  private static double trace(LinearOperator operator) {
    double[] trace = new double[1];
    Materialization.rows(operator, (i, row) -> trace[0] += row[i]);
    return trace[0];
  }
}
