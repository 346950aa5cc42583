package org.noisescape.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.normals;
import static org.noisescape.testing.Vectors.part;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.noisescape.loss.Loss;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Activate;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.Conv2d;
import org.noisescape.nn.Dense;
import org.noisescape.nn.Flatten;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.nn.Sequential;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;

/** A Aᵀ against the operators it belongs to. */
class GradientProductsTest {
  private static final int[] IMAGE = {5, 1, 1};
  private static final int SAMPLES = 11;

  /** Gradients of its filters are kept sample by sample, those of its last layer are not. */
  private static final Network CONVOLUTIONAL =
      new Network(
          "convolutional",
          Sequential.of(
              new Conv2d(2, 3, 1, 1), new Activate(Activation.TANH), new Flatten(), new Dense(3)),
          new int[] {3, 4, 2});

  private static int[] image(Network network) {
    return network == CONVOLUTIONAL ? new int[] {2, 3, 4} : IMAGE;
  }

  /** tr (A Aᵀ)ᵖ = tr Gᵖ for p = 1, 2, from products of G with the unit vectors. */
  @Test
  void powersOfTheGramMatrixHaveTheTracesOfTheGaussNewtonMatrix() {
    for (String loss : new String[] {"mse", "ce:0.1"}) {
      for (int chunk : new int[] {1, 4, 11}) {
        isGramMatrixOfGaussNewton(ModelZoo.build("mlp:4", IMAGE, 3), loss, chunk);
        isGramMatrixOfGaussNewton(CONVOLUTIONAL, loss, chunk);
      }
    }
  }

  private static void isGramMatrixOfGaussNewton(Network network, String loss, int chunk) {
    double[][] gram = gram(network, loss, 3, chunk, GradientRows.GAUSS_NEWTON);
    assertThat(gram).hasDimensions(3 * SAMPLES, 3 * SAMPLES);
    double[][] g = dense(network, loss);
    double trace = 0;
    double square = 0;
    for (int i = 0; i < g.length; i++) {
      trace += g[i][i];
      square += dot(g[i], g[i]);
    }
    double ofGram = 0;
    double squareOfGram = 0;
    for (int i = 0; i < gram.length; i++) {
      ofGram += gram[i][i];
      squareOfGram += dot(gram[i], gram[i]);
    }
    close("tr G", ofGram, trace, 1e-13 * trace);
    close("tr G²", squareOfGram, square, 1e-13 * square);
  }

  /** Rows ∇ℓ_μ/√N of least squares, one output. */
  @Test
  void rowsOfTheLossAreTheGradientsOfTheSamplesInTheirOrder() {
    ArraySamples samples = ArraySamples.normal(4, SAMPLES, IMAGE, 1);
    Network network = ModelZoo.build("linear", IMAGE, 1);
    LinearOracle oracle = new LinearOracle(samples, theta(network));
    double[][] gram = gram(network, "mse", 1, 4, GradientRows.LOSS);
    for (int n = 0; n < SAMPLES; n++) {
      for (int m = 0; m < SAMPLES; m++) {
        double[] first = oracle.sampleGradient(n);
        double[] second = oracle.sampleGradient(m);
        close(
            n + ", " + m,
            gram[n][m],
            dot(first, second) / SAMPLES,
            1e-14 * norm(first) * norm(second));
      }
    }
  }

  private static double[] theta(Network network) {
    return normals(5, network.parameterCount());
  }

  private static double[][] gram(
      Network network, String lossName, int outputs, int chunk, GradientRows kind) {
    ArraySamples samples = ArraySamples.normal(4, SAMPLES, image(network), outputs);
    Loss loss = Losses.parse(lossName);
    int size = Math.toIntExact(kind.count(network, SAMPLES));
    double[][] gram = new double[size][size];
    for (double[] row : gram) {
      Arrays.fill(row, Double.NaN);
    }
    try (Arena arena = EngineUnderTest.HOST.engine().arena()) {
      ResidentData data = new ResidentData(samples, network, loss, DType.FLOAT64, arena);
      GradientProducts products =
          new GradientProducts(data, arena, kind, chunk, BatchStatistics.none());
      arena.commit();
      products.compute(
          theta(network),
          (i, j, rows, columns, values) -> {
            for (int a = 0; a < rows; a++) {
              for (int b = 0; b < columns; b++) {
                gram[i + a][j + b] = values[a * columns + b];
                gram[j + b][i + a] = values[a * columns + b];
              }
            }
          });
    }
    return gram;
  }

  private static double[][] dense(Network network, String lossName) {
    ArraySamples samples = ArraySamples.normal(4, SAMPLES, image(network), 3);
    Loss loss = Losses.parse(lossName);
    int size = network.parameterCount();
    try (Arena arena = EngineUnderTest.HOST.engine().arena()) {
      ResidentData data = new ResidentData(samples, network, loss, DType.FLOAT64, arena);
      LinearizedRisk risk = new LinearizedRisk(data, arena, LinearizedOptions.of(4).withChunk(3));
      Tensor x = arena.reserve(DType.FLOAT64, size, size);
      Tensor y = arena.reserve(DType.FLOAT64, size, size);
      arena.commit();
      risk.moveTo(theta(network));
      double[] unit = new double[size * size];
      for (int i = 0; i < size; i++) {
        unit[i * size + i] = 1;
      }
      arena.engine().memory().write(x, unit);
      risk.gaussNewtonProducts(x, y);
      double[] all = arena.engine().memory().readDoubles(y);
      double[][] rows = new double[size][];
      for (int i = 0; i < size; i++) {
        rows[i] = part(all, i * size, size);
      }
      return rows;
    }
  }
}
