package org.noisescape.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.part;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Moments within five standard errors, at fixed seeds and sizes. */
class InitializationTest {
  private static final double STANDARD_ERRORS = 5;

  private final Network dense = ModelZoo.build("mlp:331", new int[] {113, 1, 1}, 7);
  private final Network convolution = ModelZoo.build("mori-cnn", new int[] {3, 8, 8}, 10);

  @Test
  void glorotIsUniformWithinItsBound() {
    // standard error of the variance of n uniforms on (−a, a): a² √(4/45 / n)
    for (Network network : new Network[] {dense, convolution}) {
      double[] theta = network.initialParameters(Initialization.GLOROT, 3, 0);
      int offset = 0;
      for (ParameterSpec parameter : network.parameters()) {
        int n = (int) parameter.size();
        double[] values = part(theta, offset, n);
        if (parameter.isWeight()) {
          double bound = Math.sqrt(6.0 / (parameter.fanIn() + parameter.fanOut()));
          double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
          assertThat(largest).isLessThan(bound).isGreaterThan(bound * (1 - 20.0 / n));
          moments(parameter, values, bound * bound / 3, bound * bound * Math.sqrt(4.0 / 45 / n));
        }
        offset += n;
      }
    }
  }

  @Test
  void heIsNormalWithVarianceTwoOverFanIn() {
    // standard error of the variance of n normals: σ² √(2/n)
    for (Network network : new Network[] {dense, convolution}) {
      double[] theta = network.initialParameters(Initialization.HE, 3, 0);
      int offset = 0;
      for (ParameterSpec parameter : network.parameters()) {
        int n = (int) parameter.size();
        if (parameter.isWeight()) {
          double variance = 2.0 / parameter.fanIn();
          moments(parameter, part(theta, offset, n), variance, variance * Math.sqrt(2.0 / n));
        }
        offset += n;
      }
    }
  }

  @Test
  void fansAreThoseOfPyTorch() {
    // torch.nn.init: fan_in = in · kernel area, fan_out = out · kernel area
    assertThat(dense.parameters().get(0).fanIn()).isEqualTo(113);
    assertThat(dense.parameters().get(0).fanOut()).isEqualTo(331);
    assertThat(convolution.parameters().get(0).fanIn()).isEqualTo(3 * 9);
    assertThat(convolution.parameters().get(0).fanOut()).isEqualTo(64 * 9);
  }

  static List<Initialization> initializations() {
    return Initialization.builtIn();
  }

  @ParameterizedTest
  @MethodSource("initializations")
  void biasesStartAtZero(Initialization initialization) {
    double[] theta = dense.initialParameters(initialization, 3, 0);
    assertThat(part(theta, 113 * 331, 331)).containsOnly(0);
    assertThat(part(theta, theta.length - 7, 7)).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("initializations")
  void parametersAreAFunctionOfSeedAndReplica(Initialization initialization) {
    double[] theta = dense.initialParameters(initialization, 3, 0);
    assertThat(dense.initialParameters(initialization, 3, 0)).isEqualTo(theta);
    for (double[] other :
        new double[][] {
          dense.initialParameters(initialization, 4, 0),
          dense.initialParameters(initialization, 3, 1)
        }) {
      int n = 113 * 331;
      double correlation =
          dot(part(theta, 0, n), part(other, 0, n)) / dot(part(theta, 0, n), part(theta, 0, n));
      close("correlation", correlation, 0, STANDARD_ERRORS / Math.sqrt(n));
    }
  }

  @Test
  void namesAreParsed() {
    for (Initialization initialization : Initialization.builtIn()) {
      assertThat(Initialization.parse(initialization.label())).isEqualTo(initialization);
    }
    assertThatThrownBy(() -> Initialization.parse("xavier"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown initialisation 'xavier': use glorot or he");
  }

  private static void moments(
      ParameterSpec parameter, double[] values, double variance, double standardError) {
    int n = values.length;
    double mean = Arrays.stream(values).sum() / n;
    close("mean of " + parameter.name(), mean, 0, STANDARD_ERRORS * Math.sqrt(variance / n));
    close(
        "variance of " + parameter.name(),
        dot(values, values) / n,
        variance,
        STANDARD_ERRORS * standardError);
  }
}
