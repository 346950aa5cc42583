package org.noisescape.nn;

import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.part;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.tensor.DType;
import org.noisescape.testing.LossPass;
import org.noisescape.testing.Rounding;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/** Norms of per-sample gradients against the gradients of one sample at a time. */
@Tag(TestedEngines.TAG)
class SampleGradientNormsTest {
  private static final int SAMPLES = 5;
  private static final int REPLICAS = 3;

  static Stream<NetworkCase> all() {
    return NetworkCase.all();
  }

  static Stream<NetworkCase> oneLoss() {
    return NetworkCase.oneLoss();
  }

  @ParameterizedTest
  @MethodSource("all")
  void normsAreThoseOfTheGradientsOfSingleSamples(NetworkCase networkCase) {
    double[] all = oneByOne(networkCase, REPLICAS);
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      for (int replicas : new int[] {1, REPLICAS}) {
        double[] expected = part(all, 0, replicas * SAMPLES);
        double[] norms;
        try (LossPass pass = networkCase.pass(dtype, replicas, SAMPLES)) {
          norms =
              pass.samples(
                      networkCase.x(0, replicas, SAMPLES),
                      networkCase.targets(0, replicas, SAMPLES))
                  .parameters(networkCase.theta(0, replicas))
                  .gradientAndNorms()
                  .norms();
        }
        // cotangents such as softmax − target are exact to the rounding of 1, not of themselves
        double largest = Arrays.stream(expected).map(Math::sqrt).max().orElseThrow();
        double bound = Rounding.relative(networkCase.network(), dtype) * largest;
        for (int i = 0; i < expected.length; i++) {
          String what = dtype + " norm " + i % SAMPLES + " of replica " + i / SAMPLES;
          close(what, Math.sqrt(norms[i]), Math.sqrt(expected[i]), bound);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("oneLoss")
  void askingForNormsDoesNotChangeTheGradient(NetworkCase networkCase) {
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      try (LossPass pass = networkCase.pass(dtype, 2, SAMPLES)) {
        pass.samples(networkCase.x(0, 2, SAMPLES), networkCase.targets(0, 2, SAMPLES))
            .parameters(networkCase.theta(0, 2));
        double[] plain = pass.gradient();
        double[] withNorms = pass.gradientAndNorms().gradient();
        double relative = Rounding.relative(networkCase.network(), dtype);
        close("gradient", withNorms, plain, relative * Vectors.norm(plain));
      }
    }
  }

  /** ‖∂ℓ_n/∂θ‖² by backward passes of a single sample in float64. */
  private static double[] oneByOne(NetworkCase networkCase, int replicas) {
    double[] x = networkCase.x(0, replicas, SAMPLES);
    double[] targets = networkCase.targets(0, replicas, SAMPLES);
    double[] theta = networkCase.theta(0, replicas);
    int features = networkCase.network().inputSize();
    int outputs = networkCase.network().outputSize();
    int parameters = theta.length / replicas;
    double[] norms = new double[replicas * SAMPLES];
    try (LossPass pass = networkCase.pass(DType.FLOAT64, 1, 1)) {
      for (int i = 0; i < norms.length; i++) {
        double[] gradient =
            pass.samples(part(x, i * features, features), part(targets, i * outputs, outputs))
                .parameters(part(theta, i / SAMPLES * parameters, parameters))
                .gradient();
        norms[i] = dot(gradient, gradient);
      }
    }
    return norms;
  }
}
