package org.noisescape.theory.mori;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.theory.passage.Diffusion;
import org.noisescape.theory.passage.StationaryDensity;

/** Exponents (14) to (18) and their corrections. */
class LogLandscapeTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;
  private static final double ROUNDING = 1e-12;

  @Test
  void stationaryDensityInTimeAndInLossTimeDifferByOnePower() {
    LogLandscape landscape = new LogLandscape(0.3, 2, 1.5);
    LogLandscapeDiffusion sgd =
        new LogLandscapeDiffusion(landscape, w -> 0.2 + 0.75 * w * w, w -> 1.5 * w);
    double phi = landscape.stationaryExponent();
    double squaredWidth = 0.4 / 1.5;
    assertThat(moment(sgd.inTime())).isCloseTo(squaredWidth / (2 * phi - 3), offset(1e-9));
    assertThat(moment(sgd.inLossTime()))
        .isCloseTo(squaredWidth / (2 * (phi - 1) - 3), offset(1e-9));
  }

  private static double moment(Diffusion diffusion) {
    StationaryDensity density = new StationaryDensity(diffusion, -INFINITE, 0, 0.5, INFINITE);
    return density.expectation(w -> w * w).value();
  }

  /** Fixed point of v ← (1−ηh)²v + η²(2h/B)(L* + hv/2)d against ⟨‖θ‖²⟩ of L^−φ_d. */
  @ParameterizedTest
  @CsvSource({"1, 0.1, 64, 1", "1, 1.5, 16, 1", "7, 0.4, 12, 1.7", "2, 0.9, 3, 0.5"})
  void correctedExponentHasTheSecondMomentOfTheIteration(
      int dimension, double learningRate, int batch, double h) {
    double minimum = 0.3;
    double rate = learningRate * h;
    double v = 0;
    for (int k = 0; k < 100_000; k++) {
      v =
          (1 - rate) * (1 - rate) * v
              + dimension
                  * learningRate
                  * learningRate
                  * DecoupledNoise.along(minimum + h * v / 2, h, batch);
    }
    double phi = new LogLandscape(learningRate, batch, h).correctedStationaryExponent();
    double moment = new PowerLawLossDensity(dimension, phi, minimum, h).secondMoment();
    assertThat(moment / v).isCloseTo(1, offset(1e-10));
  }

  @Test
  void exponentVanishesAtTheCriticalDimensionAndLearningRate() {
    LogLandscape landscape = new LogLandscape(0.2, 8, 3);
    assertThat(landscape.passageSlope(landscape.criticalDimension()))
        .isCloseTo(0, offset(ROUNDING));
    assertThat(landscape.correctedPassageSlope(landscape.correctedCriticalDimension()))
        .isCloseTo(0, offset(ROUNDING));
    double critical = LogLandscape.criticalLearningRate(9, 8, 3);
    assertThat(new LogLandscape(critical, 8, 3).passageSlope(9)).isCloseTo(0, offset(ROUNDING));
    double corrected = LogLandscape.correctedCriticalLearningRate(9, 8, 3);
    assertThat(new LogLandscape(corrected, 8, 3).correctedPassageSlope(9))
        .isCloseTo(0, offset(ROUNDING));
    // the density L^−φ loses its norm at the same η
    assertThat(new LogLandscape(critical, 8, 3).stationaryExponent())
        .isCloseTo(4.5, offset(ROUNDING));
  }

  @Test
  void limits() {
    assertThat(LogLandscape.criticalLearningRate(2, 8, 3)).isInfinite();
    assertThat(LogLandscape.correctedCriticalLearningRate(2, 8, 3))
        .isCloseTo(2 / 3.0, offset(ROUNDING));
    assertThat(LogLandscape.correctedCriticalLearningRate(1, 1, 3)).isInfinite();
    LogLandscape slow = new LogLandscape(1e-8, 4, 2);
    assertThat(slow.correctedStationaryExponent() / slow.stationaryExponent())
        .isCloseTo(1, offset(1e-7));
    assertThat(new LogLandscape(1, 4, 2).correctedInverseTemperature()).isZero();
    assertThat(new LogLandscape(0.1, 1, 1).passageSlope(4)).isCloseTo(9, offset(ROUNDING));
    assertThat(new LogLandscape(0.1, 1, 1).passageSlope(10)).isCloseTo(6, offset(ROUNDING));
    // (1/(ηh))(1 − ηh/2) = 1/(ηh) − 1/2
    assertThat(new LogLandscape(0.1, 1, 1).correctedPassageSlope(4))
        .isCloseTo(8.5, offset(ROUNDING));
  }

  @Test
  void refusesWhatHasNoMeaning() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogLandscape(0, 1, 1))
        .withMessage("learning rate must be finite and > 0, got 0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new LogLandscape(0.1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new LogLandscape(0.1, 1, Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogLandscape(0.1, 1, 1).passageSlope(0));
  }

  @Test
  void effectiveDimensionCountsEqualEigenvalues() {
    assertThat(EffectiveDimension.of(3)).isEqualTo(1);
    assertThat(EffectiveDimension.of(2, 2, 2, 0, 0)).isCloseTo(3, offset(ROUNDING));
    assertThat(EffectiveDimension.of(4, 3, 1))
        .isCloseTo(1 / (0.25 + 9.0 / 64 + 1.0 / 64), offset(ROUNDING));
    assertThat(EffectiveDimension.of(1e200, 1e200)).isCloseTo(2, offset(ROUNDING));
    assertThatIllegalArgumentException().isThrownBy(() -> EffectiveDimension.of(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> EffectiveDimension.of(1, -1));
    assertThatIllegalArgumentException().isThrownBy(EffectiveDimension::of);
  }

  @Test
  void covarianceIsProportionalToLossAndHessian() {
    double[][] c = DecoupledNoise.matrix(0.5, new double[][] {{2, 1}, {1, 3}}, 4);
    assertThat(c[0]).containsExactly(0.5, 0.25);
    assertThat(c[1]).containsExactly(0.25, 0.75);
    assertThat(DecoupledNoise.along(0.5, 3, 4)).isEqualTo(c[1][1]);
    assertThat(DecoupledNoise.withoutReplacement(10, 10)).isZero();
    assertThat(DecoupledNoise.withoutReplacement(10, 1)).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DecoupledNoise.withoutReplacement(10, 11))
        .withMessageContaining("got 11");
  }
}
