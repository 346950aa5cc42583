package org.noisescape.theory.wei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The constant of the relation against the moments of a linear iteration. */
class FluctuationDissipationTest {
  /** v ← μv + (1−ν)(hθ + ξ), θ ← θ − ηv: fixed point of ⟨θ²⟩, ⟨θv⟩, ⟨v²⟩. */
  @ParameterizedTest
  @CsvSource({"0.1, 0, 0", "0.1, 0.9, 0", "0.7, 0.5, 0.3", "1.2, 0.95, 0.95"})
  void holdsForTheStationaryMomentsOfAnyLearningRate(
      double learningRate, double momentum, double dampening) {
    double h = 1.3;
    double noise = 0.6;
    double gain = 1 - dampening;
    double a = 0;
    double b = 0;
    double c = 0;
    for (int k = 0; k < 100_000; k++) {
      double g = gain * h;
      double vv = momentum * momentum * c + 2 * momentum * g * b + g * g * a + gain * gain * noise;
      double thetaV = momentum * b + g * a;
      a = a - 2 * learningRate * thetaV + learningRate * learningRate * vv;
      b = thetaV - learningRate * vv;
      c = vv;
    }
    double right = FluctuationDissipation.factor(learningRate, momentum, dampening) * c;
    assertThat(FluctuationDissipation.deviation(h * a, right)).isLessThan(1e-10);
  }

  @Test
  void refusesWhatHasNoMeaning() {
    assertThat(FluctuationDissipation.factor(0.2, 0, 0)).isEqualTo(0.1);
    assertThat(FluctuationDissipation.deviation(1.5, 1)).isCloseTo(0.5, offset(1e-15));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FluctuationDissipation.factor(0.1, 1, 0))
        .withMessageContaining("momentum");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FluctuationDissipation.factor(0.1, 0, -0.1));
    assertThatIllegalArgumentException().isThrownBy(() -> FluctuationDissipation.deviation(1, 0));
  }
}
