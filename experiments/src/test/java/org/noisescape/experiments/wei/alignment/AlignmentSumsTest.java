package org.noisescape.experiments.wei.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;

class AlignmentSumsTest {
  private static final double ROUNDING = 1e-12;
  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = Engines.open("auto", 1);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @Test
  void exactSumsAreThoseOfTheMatrices() {
    for (int n : new int[] {1, 7, 31}) {
      double[][] h = symmetric(n, 1);
      double[][] s = symmetric(n, 2);
      double[] g = symmetric(n, 3)[0];
      double[][] m = new double[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          m[i][j] = s[i][j] + g[i] * g[j];
        }
      }

      AlignmentSums sums = exact(h, s, g);

      double scale = n * n;
      assertThat(sums.vectors()).isEqualTo(n);
      assertThat(sums.similarityError()).isZero();
      assertThat(sums.hessianMoment()).isCloseTo(inner(h, m), within(ROUNDING * scale));
      assertThat(sums.hessianCovariance()).isCloseTo(inner(h, s), within(ROUNDING * scale));
      assertThat(sums.hessianSquares()).isCloseTo(inner(h, h), within(ROUNDING * scale));
      assertThat(sums.momentSquares()).isCloseTo(inner(m, m), within(ROUNDING * scale * scale));
      assertThat(sums.covarianceSquares()).isCloseTo(inner(s, s), within(ROUNDING * scale));
      assertThat(sums.hessianTrace()).isCloseTo(trace(h), within(ROUNDING * scale));
      assertThat(sums.momentTrace()).isCloseTo(trace(m), within(ROUNDING * scale));
      assertThat(sums.uncentred())
          .isCloseTo(inner(h, m) / Math.sqrt(inner(h, h) * inner(m, m)), within(ROUNDING * scale));
    }
  }

  @Test
  void proportionalMatricesHaveSimilarityOne() {
    double[][] h = symmetric(13, 1);
    double[][] twice = scaled(h, 2);

    assertThat(exact(h, twice, new double[13]).uncentred()).isCloseTo(1, within(ROUNDING));
    assertThat(exact(h, scaled(h, -0.5), new double[13]).centred()).isCloseTo(-1, within(ROUNDING));
  }

  @Test
  void identityIsWhatItsRotationsAre() {
    double[][] identity = new double[5][5];
    for (int i = 0; i < 5; i++) {
      identity[i][i] = 3;
    }
    AlignmentSums sums = exact(identity, identity, new double[5]);

    assertThat(sums.rotated()).isCloseTo(1, within(ROUNDING));
  }

  @Test
  void meanOverRotationsIsTheRotatedSimilarity() {
    // Householder reflections of random vectors stand for rotations: a product of three of them
    int n = 6;
    double[][] h = diagonal(9, 4, 1, 0.5, 0, -1);
    double[][] s = diagonal(5, 5, 2, 0, 0, 0);
    double expected = exact(h, s, new double[n]).rotated();
    int draws = 4000;
    double sum = 0;
    double squares = 0;
    for (int draw = 0; draw < draws; draw++) {
      double[][] turned = s;
      for (int k = 0; k < n; k++) {
        turned = reflected(turned, RandomKey.of(9, Purpose.ESTIMATOR, k).stream(draw));
      }
      double cosine = inner(h, turned) / Math.sqrt(inner(h, h) * inner(s, s));
      sum += cosine;
      squares += cosine * cosine;
    }
    double mean = sum / draws;
    double error = Math.sqrt((squares / draws - mean * mean) / draws);
    assertThat(mean).isCloseTo(expected, within(4 * error));
  }

  @Test
  void randomVectorsAgreeWithTheExactSumsWithinTheirError() {
    int n = 60;
    double[][] h = spiked(n, 1);
    double[][] s = spiked(n, 2);
    double[] g = symmetric(n, 3)[0];
    double truth = exact(h, s, g).uncentred();

    AlignmentSums estimate = AlignmentSums.of(op(h), op(s), g, Optional.of(300), 5);

    assertThat(estimate.vectors()).isEqualTo(300);
    assertThat(estimate.similarityError()).isBetween(1e-4, 0.05);
    assertThat(estimate.uncentred()).isCloseTo(truth, within(4 * estimate.similarityError()));
    AlignmentSums again =
        AlignmentSums.of(
            new MatrixOperator(engine, h, 64),
            new MatrixOperator(engine, s, 64),
            g,
            Optional.of(300),
            5);
    assertThat(again.uncentred()).isCloseTo(estimate.uncentred(), within(ROUNDING));
  }

  @Test
  void independentSymmetricMatricesAreNearlyOrthogonal() {
    for (long seed = 0; seed < 20; seed++) {
      // 4 standard deviations in 20 fixed draws
      assertThat(RandomAlignment.cosine(50, seed))
          .isCloseTo(0, within(4 * RandomAlignment.deviation(50)));
    }
    double squares = 0;
    int draws = 400;
    for (long seed = 0; seed < draws; seed++) {
      squares += Math.pow(RandomAlignment.cosine(20, seed), 2) / draws;
    }
    // the variance of a variance of 400 draws: √(2/400), and the norms' own scatter, of order 1/n²
    assertThat(Math.sqrt(squares) / RandomAlignment.deviation(20)).isCloseTo(1, within(0.15));
  }

  private AlignmentSums exact(double[][] h, double[][] s, double[] g) {
    return AlignmentSums.of(op(h), op(s), g, Optional.empty(), 1);
  }

  private MatrixOperator op(double[][] matrix) {
    return new MatrixOperator(engine, matrix, 4);
  }

  private static double[][] symmetric(int n, int seed) {
    RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(n);
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = random.nextGaussian();
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  /** A few large eigenvalues in common, and noise. */
  private static double[][] spiked(int n, int seed) {
    double[][] matrix = symmetric(n, seed);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        matrix[i][j] += 30 * Math.cos(i) * Math.cos(j) + 20 * Math.sin(i) * Math.sin(j);
      }
    }
    return matrix;
  }

  private static double[][] diagonal(double... values) {
    double[][] matrix = new double[values.length][values.length];
    for (int i = 0; i < values.length; i++) {
      matrix[i][i] = values[i];
    }
    return matrix;
  }

  /** R A R with R = I − 2uuᵀ for a random direction u. */
  private static double[][] reflected(double[][] a, RandomStream random) {
    int n = a.length;
    double[] u = new double[n];
    double norm = 0;
    for (int i = 0; i < n; i++) {
      u[i] = random.nextGaussian();
      norm += u[i] * u[i];
    }
    double[] au = new double[n];
    double uau = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        au[i] += a[i][j] * u[j];
      }
      uau += u[i] * au[i];
    }
    double[][] result = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        result[i][j] =
            a[i][j]
                - 2 * (u[i] * au[j] + au[i] * u[j]) / norm
                + 4 * u[i] * u[j] * uau / (norm * norm);
      }
    }
    return result;
  }

  private static double[][] scaled(double[][] a, double factor) {
    double[][] result = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        result[i][j] = factor * a[i][j];
      }
    }
    return result;
  }

  private static double inner(double[][] a, double[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        sum += a[i][j] * b[i][j];
      }
    }
    return sum;
  }

  private static double trace(double[][] a) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i][i];
    }
    return sum;
  }
}
