package org.noisescape.nn;

import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.part;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.loss.CrossEntropy;
import org.noisescape.tensor.DType;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.LossPass;
import org.noisescape.testing.Rounding;
import org.noisescape.testing.Vectors;

/**
 * The large network of Mori et al. on small images, float32 against float64: with at least 16
 * channels the host engine convolves by Winograd's algorithm; it takes norms from Gram matrices
 * where images are small against kernels, as at 8×8, and sample by sample elsewhere, as in the
 * first layers at 24×24.
 */
class ConvolutionalNormsTest {
  private static final int SAMPLES = 3;
  private static final int CLASSES = 10;

  @ParameterizedTest
  @ValueSource(ints = {8, 24})
  void float32AgreesWithGradientsOfSingleSamplesInFloat64(int side) {
    Network network = ModelZoo.build("mori-cnn", new int[] {3, side, side}, CLASSES);
    double[] theta = network.initialParameters(Initialization.HE, 11, 0);
    for (int i = 0; i < theta.length; i++) {
      theta[i] = (float) theta[i];
    }
    double[] x = Vectors.normals(12, SAMPLES * network.inputSize());
    double[] targets = new double[SAMPLES * CLASSES];
    for (int n = 0; n < SAMPLES; n++) {
      targets[n * CLASSES + 3 * n] = 1;
    }
    CrossEntropy loss = new CrossEntropy(0);
    LossPass.Gradient actual;
    try (LossPass pass =
        new LossPass(EngineUnderTest.HOST.engine(), network, loss, DType.FLOAT32, 1, SAMPLES)) {
      actual = pass.samples(x, targets).parameters(theta).gradientAndNorms();
    }
    double[] norms = new double[SAMPLES];
    double[] sum = new double[theta.length];
    try (LossPass pass =
        new LossPass(EngineUnderTest.HOST.engine(), network, loss, DType.FLOAT64, 1, 1)) {
      pass.parameters(theta);
      int features = network.inputSize();
      for (int n = 0; n < SAMPLES; n++) {
        double[] gradient =
            pass.samples(part(x, n * features, features), part(targets, n * CLASSES, CLASSES))
                .gradient();
        norms[n] = dot(gradient, gradient);
        sum = Vectors.axpy(1.0 / SAMPLES, gradient, sum);
      }
    }
    double relative = Rounding.relative(network, DType.FLOAT32);
    for (int n = 0; n < SAMPLES; n++) {
      close("norm " + n, actual.norms()[n], norms[n], relative * norms[n]);
    }
    double meanNorm = Arrays.stream(norms).map(Math::sqrt).average().orElseThrow();
    close("gradient", actual.gradient(), sum, relative * meanNorm);
  }
}
