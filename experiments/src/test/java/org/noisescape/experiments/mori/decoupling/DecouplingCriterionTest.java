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

  /** Every eigenvalue off by the same factor, one by more; two seeds are nearly alike. */
  @Test
  void decouplingAgreesWithinAllTolerancesOnly() {
    assertThat(decoupling(0.14, 0.49, 1.09, 20)).isEqualTo(Verdict.AGREES);
    assertThat(decoupling(0.16, 0.49, 1.09, 20)).isEqualTo(Verdict.DISAGREES);
    assertThat(decoupling(0.14, 0.51, 1.09, 20)).isEqualTo(Verdict.DISAGREES);
    assertThat(decoupling(0.14, 0.49, 1.11, 20)).isEqualTo(Verdict.DISAGREES);
    assertThat(decoupling(0.14, 0.49, 0.89, 20)).isEqualTo(Verdict.DISAGREES);
    assertThat(decoupling(0.14, 0.49, 1.09, 19)).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void oneSeedDecidesNothing() {
    List<DecouplingPoint> one = List.of(point(0, 0, 1, 20));
    assertThat(Decoupling.judged(one, DecouplingLaw.DECOUPLED).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void rivalsHaveOtherEigenvaluesAndTraces() {
    DecouplingPoint point = point(0, 0, 2, 4);
    // 1, 1/2, 1/4, 1/8 at L = 1/2
    assertThat(DecouplingLaw.DECOUPLED.eigenvalues(point)).containsExactly(1, 0.5, 0.25, 0.125);
    assertThat(DecouplingLaw.WITHOUT_LOSS.eigenvalues(point)).containsExactly(2, 1, 0.5, 0.25);
    assertThat(DecouplingLaw.WITHOUT_LOSS.trace(point)).isEqualTo(3.75);
    assertThat(DecouplingLaw.ISOTROPIC.eigenvalues(point)).containsOnly(1.875 / 4).hasSize(4);
    assertThat(DecouplingLaw.ISOTROPIC.compare(point, 0.2).count()).isEqualTo(3);
    // 1, 1/2 and 1/4 over 15/32
    assertThat(DecouplingLaw.ISOTROPIC.compare(point, 0.2).maximum())
        .isCloseTo(Math.log10(32.0 / 15), within(1e-12));
  }

  private static Verdict decoupling(double median, double maximum, double trace, int count) {
    double near = 1 + 1e-6;
    return Decoupling.judged(
            List.of(
                point(median, maximum, trace, count),
                point(near * median, near * maximum, near * trace, count)),
            DecouplingLaw.DECOUPLED)
        .verdict();
  }

  /** Eigenvalues of B falling by a half, those of A off by a median and, the last, a maximum. */
  static DecouplingPoint point(double median, double maximum, double trace, int count) {
    double[] decoupled = new double[count];
    double[] exact = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      decoupled[i] = Math.pow(count > 8 ? 0.75 : 0.5, i);
      exact[i] = decoupled[i] * Math.pow(10, i == count - 1 ? maximum : median);
      sum += decoupled[i];
    }
    return new DecouplingPoint(
        50, 0, 0.5, 1, 0, trace * sum, sum, 0, 1, 1, 1, 0, exact, decoupled, decoupled, 0);
  }
}
