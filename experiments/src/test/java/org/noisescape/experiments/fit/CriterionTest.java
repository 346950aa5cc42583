package org.noisescape.experiments.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class CriterionTest {
  private final Criterion criterion = new Criterion(1, 0.15, 10, 0.5);

  @Test
  void slopeWithinToleranceAndTwoErrorsAgrees() {
    assertThat(judge(1.16, 0.006)).isEqualTo(Verdict.AGREES);
    assertThat(judge(0.80, 0.03)).isEqualTo(Verdict.AGREES);
  }

  @Test
  void slopeBeyondThemDisagrees() {
    assertThat(judge(1.17, 0.009)).isEqualTo(Verdict.DISAGREES);
    assertThat(judge(0.80, 0.02)).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void errorAboveTheToleranceIsInconclusiveWhateverTheSlope() {
    assertThat(judge(1.0, 0.16)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judge(3.0, 0.16)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judge(1.0, Double.NaN)).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void noFittedRunIsInconclusive() {
    assertThat(criterion.judge(SlopeEstimate.of(List.of()))).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void pointsAndDecadesMustBothSuffice() {
    assertThat(criterion.suffices(10, 0.5)).isTrue();
    assertThat(criterion.suffices(9, 5)).isFalse();
    assertThat(criterion.suffices(100, 0.49)).isFalse();
  }

  @Test
  void ruleIsWrittenWithItsNumbers() {
    assertThat(criterion.text())
        .isEqualTo(
            "|slope - 1| <= 0.15 + 2 SE; inconclusive if SE > 0.15 or no run has 10 points over"
                + " 0.5 decades");
  }

  @Test
  void toleranceMustBePositive() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Criterion(1, 0, 10, 0.5));
  }

  @Test
  void oneDisagreementDecidesAndOneDoubtKeepsOpen() {
    assertThat(Verdict.all(List.of(Verdict.AGREES, Verdict.AGREES))).isEqualTo(Verdict.AGREES);
    assertThat(Verdict.all(List.of(Verdict.AGREES, Verdict.INCONCLUSIVE, Verdict.AGREES)))
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(Verdict.all(List.of(Verdict.INCONCLUSIVE, Verdict.DISAGREES, Verdict.AGREES)))
        .isEqualTo(Verdict.DISAGREES);
    assertThat(Verdict.all(List.of())).isEqualTo(Verdict.INCONCLUSIVE);
  }

  private Verdict judge(double slope, double error) {
    return criterion.judge(new SlopeEstimate(slope, error, 1, 50));
  }
}
