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
import org.noisescape.testing.DirectionPass;
import org.noisescape.testing.LossPass;
import org.noisescape.testing.Rounding;
import org.noisescape.testing.TestedEngines;

/** Inner products of per-sample gradients against the gradients of one sample at a time. */
@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class SampleGradientProductsTest {
  private static final int SAMPLES = 5;
  private static final int REPLICAS = 2;

  static Stream<NetworkCase> all() {
    return NetworkCase.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void productsAreThoseOfTheGradientsOfSingleSamples(NetworkCase networkCase) {
    double[][] gradients = oneByOne(networkCase);
    double largest = Arrays.stream(gradients).mapToDouble(g -> dot(g, g)).max().orElseThrow();
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      try (DirectionPass pass =
          new DirectionPass(
                  networkCase.engine(),
                  networkCase.network(),
                  networkCase.parsedLoss(),
                  dtype,
                  REPLICAS,
                  1,
                  SAMPLES,
                  networkCase.statistics())
              .at(
                  networkCase.theta(0, REPLICAS),
                  networkCase.x(0, REPLICAS, SAMPLES),
                  networkCase.targets(0, REPLICAS, SAMPLES))) {
        double[] gram = pass.gradientProducts();
        double bound = 2 * Rounding.relative(networkCase.network(), dtype) * largest;
        for (int i = 0; i < gram.length; i++) {
          int r = i / (SAMPLES * SAMPLES);
          int n = i / SAMPLES % SAMPLES;
          int m = i % SAMPLES;
          double expected = dot(gradients[r * SAMPLES + n], gradients[r * SAMPLES + m]);
          close(dtype + " <g" + n + ", g" + m + "> of replica " + r, gram[i], expected, bound);
        }
      }
    }
  }

  /** Gradients of ℓ_n/N, each by a pass over one sample. */
  private static double[][] oneByOne(NetworkCase networkCase) {
    int size = networkCase.network().parameterCount();
    double[] theta = networkCase.theta(0, REPLICAS);
    double[] x = networkCase.x(0, REPLICAS, SAMPLES);
    double[] targets = networkCase.targets(0, REPLICAS, SAMPLES);
    int width = x.length / (REPLICAS * SAMPLES);
    int outputs = targets.length / (REPLICAS * SAMPLES);
    double[][] all = new double[REPLICAS * SAMPLES][];
    try (LossPass pass = networkCase.pass(DType.FLOAT64, 1, 1)) {
      pass.scale(1.0 / SAMPLES);
      for (int i = 0; i < all.length; i++) {
        pass.samples(part(x, i * width, width), part(targets, i * outputs, outputs));
        pass.parameters(part(theta, i / SAMPLES * size, size));
        all[i] = pass.gradient();
      }
    }
    return all;
  }
}
