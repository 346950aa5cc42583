package org.noisescape.experiments.mori.decoupling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;

class DecouplingCriterionTest {
  @Test
  void comparisonStopsAtTheCutAndPairsByRank() {
    double[] decoupled = {100, 10, 1, 0.05};
    double[] exact = {1000, 10, 0.1, 1e-9};

    SpectrumComparison all = SpectrumComparison.of(exact, decoupled, 1e-3);

    assertThat(all.count()).isEqualTo(3);
    assertThat(all.median()).isCloseTo(1, within(1e-12));
    assertThat(all.maximum()).isCloseTo(1, within(1e-12));
    assertThat(SpectrumComparison.of(exact, decoupled, 0.05).median())
        .isCloseTo(0.5, within(1e-12));
    assertThat(SpectrumComparison.of(new double[] {1, 0}, new double[] {1, 1}, 0.5).maximum())
        .isInfinite();
  }

  @Test
  void decouplingAgreesWithinBothTolerancesOnly() {
    assertThat(decoupling(0.14, 0.49)).isEqualTo(Verdict.AGREES);
    assertThat(decoupling(0.16, 0.49)).isEqualTo(Verdict.DISAGREES);
    assertThat(decoupling(0.14, 0.51)).isEqualTo(Verdict.DISAGREES);
    SpectrumComparison few = new SpectrumComparison(1e-3, 19, 0, 0);
    assertThat(DecouplingCriterion.judge(List.of(few))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(DecouplingCriterion.judge(List.of())).isEqualTo(Verdict.INCONCLUSIVE);
  }

  private static Verdict decoupling(double median, double maximum) {
    return DecouplingCriterion.judge(List.of(new SpectrumComparison(1e-3, 20, median, maximum)));
  }
}
