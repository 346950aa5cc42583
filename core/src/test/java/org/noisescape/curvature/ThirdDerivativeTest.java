package org.noisescape.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.normals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.linop.DenseMaterialization;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Activate;
import org.noisescape.nn.Dense;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.Layer;
import org.noisescape.nn.Network;
import org.noisescape.nn.Sequential;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;

/** Against second differences of gradients, exact for polynomials, and dense traces. */
class ThirdDerivativeTest {
  private static Curvature curvature(Activation between, DType dtype) {
    List<Layer> layers = List.of(new Dense(4), new Activate(between), new Dense(2));
    Network network = new Network("small", Sequential.of(layers), new int[] {3});
    ArraySamples samples = ArraySamples.normal(5, 7, new int[] {3, 1, 1}, 2);
    return Curvature.over(
            EngineUnderTest.HOST.engine(),
            network,
            Losses.parse("mse"),
            samples,
            CurvatureOptions.of(dtype))
        .at(network.initialParameters(Initialization.GLOROT, 3, 0));
  }

  private static double[] unit(long seed, int size) {
    double[] v = normals(seed, size);
    double length = norm(v);
    for (int i = 0; i < v.length; i++) {
      v[i] /= length;
    }
    return v;
  }

  private static double[] gradient(Curvature curvature, double[] theta, double[] v, double step) {
    double[] moved = theta.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * v[i];
    }
    curvature.at(moved);
    return curvature.engine().memory().readDoubles(curvature.gradient());
  }

  /** Two linear layers: L has degree 4, and ∇L(θ + v) − 2∇L(θ) + ∇L(θ − v) is the derivative. */
  @Test
  void ofALossOfDegreeFourItIsTheSecondDifferenceOfTheGradient() {
    try (Curvature curvature = curvature(Activation.IDENTITY, DType.FLOAT64);
        ThirdDerivative third = new ThirdDerivative(curvature)) {
      double[] theta = curvature.theta();
      double[] v = unit(8, theta.length);
      ThirdDerivative.Value value = third.along(v);
      assertThat(curvature.theta()).isEqualTo(theta);
      double[] ahead = gradient(curvature, theta, v, 1);
      double[] here = gradient(curvature, theta, v, 0);
      double[] behind = gradient(curvature, theta, v, -1);
      double scale = norm(value.vector());
      assertThat(scale).isGreaterThan(0.1);
      for (int i = 0; i < theta.length; i++) {
        close("entry " + i, value.vector()[i], ahead[i] - 2 * here[i] + behind[i], 1e-9 * scale);
      }
    }
  }

  @Test
  void overAllUnitVectorsItSumsToTheGradientOfTheTrace() {
    try (Curvature curvature = curvature(Activation.TANH, DType.FLOAT64);
        ThirdDerivative third = new ThirdDerivative(curvature)) {
      double[] theta = curvature.theta();
      double[] u = unit(9, theta.length);
      double sum = 0;
      for (int i = 0; i < theta.length; i++) {
        double[] e = new double[theta.length];
        e[i] = 1;
        ThirdDerivative.Value value = third.along(e);
        assertThat(value.error()).isLessThan(1e-4);
        sum += dot(value.vector(), u);
      }
      double step = 1e-4;
      double slope = (trace(curvature, theta, u, step) - trace(curvature, theta, u, -step)) / 2;
      close("derivative of tr H", sum, slope / step, 1e-6 * Math.abs(sum));
      assertThat(Math.abs(sum)).isGreaterThan(0.1);
    }
  }

  private static double trace(Curvature curvature, double[] theta, double[] u, double step) {
    gradient(curvature, theta, u, step);
    try (DenseMaterialization dense = DenseMaterialization.of(curvature.hessian())) {
      return dense.matrix().trace();
    }
  }

  @Test
  void singlePrecisionIsRefused() {
    try (Curvature curvature = curvature(Activation.TANH, DType.FLOAT32)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ThirdDerivative(curvature))
          .withMessageContaining("need products in float64");
    }
  }
}
