package org.noisescape.experiments.mori.decoupling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.mori.ReplicaCurvature;
import org.noisescape.linop.SymmetricEigen;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** Against the P x P matrices themselves, P = 5, N = 13. */
class OutputGramTest {
  private static final int N = 13;
  private static final int P = 5;
  private static final RandomKey KEY = RandomKey.of(7, Purpose.BOOTSTRAP, 0);

  private final double[][] gradients = new double[N][P];
  private final double[] losses = new double[N];

  OutputGramTest() {
    RandomStream random = KEY.stream(0);
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < P; j++) {
        gradients[i][j] = random.nextGaussian() + 0.5;
      }
      losses[i] = Math.pow(random.nextGaussian(), 2) / 2;
    }
  }

  @Test
  void tracesCorrelationAndCosineAreThoseOfTheMatrices() {
    RealMatrix exact = matrix(losses);
    RealMatrix decoupled = matrix(constant(mean()));
    try (SymmetricMatrix gram = gram()) {
      OutputGram samples = new OutputGram(gram, losses);

      assertThat(samples.meanLoss()).isCloseTo(mean(), within(1e-15));
      assertThat(samples.traceRatio())
          .isCloseTo(exact.getTrace() / decoupled.getTrace(), within(1e-13));
      double inner = exact.multiply(decoupled).getTrace();
      double cosine = inner / (exact.getFrobeniusNorm() * decoupled.getFrobeniusNorm());
      assertThat(samples.cosines(losses)[0]).isCloseTo(cosine, within(1e-13));
      assertThat(cosine).isLessThan(0.99);
      double[] norms = Arrays.stream(gradients).mapToDouble(OutputGramTest::square).toArray();
      double pearson =
          new org.hipparchus.stat.correlation.PearsonsCorrelation().correlation(losses, norms);
      assertThat(samples.correlation()).isCloseTo(pearson, within(1e-13));
    }
  }

  @Test
  void weightedGramMatrixHasTheEigenvaluesOfTheExactMatrix() {
    double[] expected = new EigenDecompositionSymmetric(matrix(losses)).getEigenvalues();
    try (SymmetricMatrix gram = gram();
        SymmetricMatrix weighted = new OutputGram(gram, losses).weighted(losses)) {
      double[] values =
          ReplicaCurvature.descending(SymmetricEigen.onAllProcessors().values(weighted));

      assertThat(Arrays.copyOf(values, P)).containsExactly(expected, within(1e-12));
      // rank P: the other N - P are rounding
      assertThat(values[P]).isCloseTo(0, within(1e-12));
      assertThat(gram.get(2, 3)).isEqualTo(gram(2, 3));
    }
  }

  @Test
  void equalLossesDecouple() {
    double[] equal = constant(0.3);
    try (SymmetricMatrix gram = gram()) {
      OutputGram samples = new OutputGram(gram, equal);

      assertThat(samples.cosines(equal)[0]).isCloseTo(1, within(1e-14));
      assertThat(samples.traceRatio()).isCloseTo(1, within(1e-14));
      assertThat(samples.participation()).isCloseTo(N, within(1e-12));
    }
  }

  @Test
  void shuffledLossesAreTheSameLossesElsewhereAndDecoupleOnAverage() {
    try (SymmetricMatrix gram = gram()) {
      OutputGram samples = new OutputGram(gram, losses);
      double[] ratios = new double[400];
      for (int s = 0; s < ratios.length; s++) {
        double[] dealt = samples.shuffled(KEY, s + 1);
        ratios[s] = new OutputGram(gram, dealt).traceRatio();
        assertThat(dealt).containsExactlyInAnyOrder(losses);
      }
      SeedMean mean = SeedMean.of(ratios);
      // four standard errors
      assertThat(mean.mean()).isCloseTo(1, within(4 * mean.standardError()));
      assertThat(samples.shuffled(KEY, 1)).isEqualTo(samples.shuffled(KEY, 1));
      assertThat(samples.shuffled(KEY, 1)).isNotEqualTo(samples.shuffled(KEY, 2));
    }
  }

  @Test
  void lossesMustFitTheMatrix() {
    try (SymmetricMatrix gram = gram()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new OutputGram(gram, new double[2]))
          .withMessageContaining("2 losses for a Gram matrix of 13 samples");
    }
  }

  private RealMatrix matrix(double[] weights) {
    RealMatrix sum = new Array2DRowRealMatrix(P, P);
    for (int i = 0; i < N; i++) {
      RealMatrix g = new Array2DRowRealMatrix(gradients[i]);
      sum = sum.add(g.multiply(g.transpose()).scalarMultiply(weights[i] / N));
    }
    return sum;
  }

  private SymmetricMatrix gram() {
    SymmetricMatrix gram = SymmetricMatrix.zeros(N);
    for (int i = 0; i < N; i++) {
      for (int j = 0; j <= i; j++) {
        gram.set(i, j, 1, 1, new double[] {gram(i, j)});
      }
    }
    return gram;
  }

  private double gram(int i, int j) {
    double sum = 0;
    for (int k = 0; k < P; k++) {
      sum += gradients[i][k] * gradients[j][k];
    }
    return sum / N;
  }

  private double mean() {
    return Arrays.stream(losses).average().orElseThrow();
  }

  private static double[] constant(double value) {
    double[] all = new double[N];
    Arrays.fill(all, value);
    return all;
  }

  private static double square(double[] v) {
    return Arrays.stream(v).map(x -> x * x).sum();
  }
}
