package org.noisescape.experiments.mori.decoupling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Requests;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.RiskValue;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/** What is measured at a point, from a Gram matrix of four samples. */
class DecouplingStageTest {
  private static final double[] LOSSES = {4, 1, 0.25, 9};
  private static final double[][] GRAM = {
    {4, 1, 0, 0.5}, {1, 3, 0.5, 0}, {0, 0.5, 2, 0.25}, {0.5, 0, 0.25, 1}
  };
  private static final int SHUFFLES = 3;
  private static final RandomKey KEY = RandomKey.of(3, Purpose.BOOTSTRAP, 0);

  @Test
  void spectraAreThoseOfOwnOfEqualAndOfShuffledLosses() {
    double[] dealt;
    double[] cosines = new double[SHUFFLES];
    DecouplingPoint point;
    try (SymmetricMatrix gram = gram()) {
      OutputGram samples = new OutputGram(gram, LOSSES);
      dealt = samples.shuffled(KEY, 1);
      Arrays.setAll(cosines, s -> samples.cosines(samples.shuffled(KEY, s + 1))[0]);
      point = stage().point(2, 1, noise(), samples, KEY);
    }
    double mean = 14.25 / 4;

    assertThat(dealt).containsExactlyInAnyOrder(LOSSES).isNotEqualTo(LOSSES);
    assertThat(point.exact()).containsExactly(eigenvalues(LOSSES), within(1e-12));
    assertThat(point.shuffled()).containsExactly(eigenvalues(dealt), within(1e-12));
    assertThat(point.decoupled())
        .containsExactly(eigenvalues(mean, mean, mean, mean), within(1e-12));
    assertThat(point.shuffledCosine()).isCloseTo(SeedMean.of(cosines).mean(), within(1e-15));
    assertThat(point.shuffledDeviation())
        .isCloseTo(SeedMean.of(cosines).deviation(), within(1e-15));
  }

  /** tr A = 16 + 3 + 0.5 + 9, tr B = 10 L, (Σℓ)² = 14.25² over 16 + 1 + 0.0625 + 81. */
  @Test
  void numbersAreThoseOfTheMatrixAndThePass() {
    DecouplingPoint point;
    try (SymmetricMatrix gram = gram()) {
      point = stage().point(2, 1, noise(), new OutputGram(gram, LOSSES), KEY);
    }

    assertThat(point.epoch()).isEqualTo(2);
    assertThat(point.seed()).isEqualTo(1);
    assertThat(point.loss()).isEqualTo(3.5625);
    assertThat(point.exactTrace()).isCloseTo(28.5, within(1e-12));
    assertThat(point.decoupledTrace()).isCloseTo(35.625, within(1e-12));
    assertThat(point.participation()).isCloseTo(203.0625 / 98.0625, within(1e-14));
    assertThat(point.noiseStrength()).isEqualTo(5);
    assertThat(point.gradientNormSquared()).isEqualTo(2);
  }

  private static GradientNoise noise() {
    return new GradientNoise(new RiskValue(1, 0, 0.5, 4), 2, 7, 5, 0.1);
  }

  private static SymmetricMatrix gram() {
    SymmetricMatrix gram = SymmetricMatrix.zeros(4);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j <= i; j++) {
        gram.set(i, j, 1, 1, new double[] {GRAM[i][j]});
      }
    }
    return gram;
  }

  /** Of √w K √w, the largest first. */
  private static double[] eigenvalues(double... weights) {
    double[][] weighted = new double[4][4];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        weighted[i][j] = Math.sqrt(weights[i] * weights[j]) * GRAM[i][j];
      }
    }
    return new EigenDecompositionSymmetric(new Array2DRowRealMatrix(weighted)).getEigenvalues();
  }

  private static DecouplingStage stage() {
    ExperimentRequest request = Requests.quick(Path.of("unused"), Map.of()).build();
    return new DecouplingStage(Path.of("unused"), request, SHUFFLES);
  }
}
