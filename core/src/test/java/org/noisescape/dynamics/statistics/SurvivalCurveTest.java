package org.noisescape.dynamics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SurvivalCurveTest {
  /** Remission of 21 leukaemia patients in weeks, negative where censored: Freireich (1963). */
  private static final double[] REMISSION = {
    6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35
  };

  private static CensoredTimes remission() {
    boolean[] observed = new boolean[REMISSION.length];
    for (int i = 0; i < observed.length; i++) {
      observed[i] = REMISSION[i] > 0;
    }
    return new CensoredTimes(Arrays.stream(REMISSION).map(Math::abs).toArray(), observed);
  }

  @Test
  void tableOfTheLeukaemiaPatientsIsReproduced() {
    SurvivalCurve curve = SurvivalCurve.of(remission());

    // worked by hand in Cox and Oakes (1984), table 4.1; standard errors Greenwood's
    assertThat(curve.times()).containsExactly(6, 7, 10, 13, 16, 22, 23);
    assertThat(curve.atRisk()).containsExactly(21, 17, 15, 12, 11, 7, 6);
    assertThat(curve.events()).containsExactly(3, 1, 1, 1, 1, 1, 1);
    double[] survival = {.8571, .8067, .7529, .6902, .6275, .5378, .4482};
    double[] errors = {.0764, .0869, .0963, .1068, .1141, .1282, .1346};
    assertThat(curve.survival()).containsExactly(survival, within(5e-5));
    assertThat(curve.standardErrors()).containsExactly(errors, within(5e-5));
    assertThat(curve.last()).isEqualTo(35);
    assertThat(curve.at(5.9)).isEqualTo(1);
    assertThat(curve.at(6)).isEqualTo(curve.survival()[0]);
    assertThat(curve.at(100)).isEqualTo(curve.survival()[6]);
    assertThat(curve.quantile(0.5)).isEqualTo(23);
    assertThat(curve.quantile(0.6)).isNaN();
    // 6 + Σ S (t_{i+1} − t_i), to the last time
    double area =
        6 + .8571 * 1 + .8067 * 3 + .7529 * 3 + .6902 * 3 + .6275 * 6 + .5378 * 1 + .4482 * 12;
    assertThat(curve.area()).isCloseTo(area, within(40 * 5e-5));
  }

  @Test
  void withoutCensoringItIsTheEmpiricalDistributionAndItsBinomialError() {
    CensoredTimes passages = Draws.exponential(37, 2, Double.POSITIVE_INFINITY, 1);
    SurvivalCurve curve = SurvivalCurve.of(passages);

    for (int i = 0; i < 37; i++) {
      double s = 1 - (i + 1) / 37.0;
      assertThat(curve.survival()[i]).isCloseTo(s, within(1e-12));
      assertThat(curve.standardErrors()[i]).isCloseTo(Math.sqrt(s * (1 - s) / 37), within(1e-9));
    }
    assertThat(curve.area()).isCloseTo(passages.exposure() / 37, within(1e-12));
    SurvivalCurve.Limits band = curve.band(0.95);
    // the Kolmogorov band: 1.358/√n on both sides
    assertThat(band.upper()[20] - curve.survival()[20])
        .isCloseTo(1.3581 / Math.sqrt(37), within(1e-5));
    assertThat(curve.survival()[5] - band.lower()[5])
        .isCloseTo(1.3581 / Math.sqrt(37), within(1e-5));
  }

  @Test
  void limitsCoverTheTrueCurve() {
    int trials = 400;
    int pointwise = 0;
    int band = 0;
    for (int trial = 0; trial < trials; trial++) {
      SurvivalCurve curve = SurvivalCurve.of(Draws.exponential(50, 1, 1.5, trial));
      SurvivalCurve.Limits single = curve.pointwise(0.9);
      int middle = curve.times().length / 2;
      double there = Math.exp(-curve.times()[middle]);
      pointwise += single.lower()[middle] <= there && there <= single.upper()[middle] ? 1 : 0;
      SurvivalCurve.Limits all = curve.band(0.9);
      boolean inside = true;
      for (int i = 0; i < curve.times().length; i++) {
        double s = Math.exp(-curve.times()[i]);
        inside &= all.lower()[i] <= s && s <= all.upper()[i];
      }
      band += inside ? 1 : 0;
    }

    // standard error of a coverage of 0.9 over 400 trials: 0.015; the band is conservative since it
    // ends where the curve does
    assertThat(pointwise / 400.0).isBetween(0.85, 0.95);
    assertThat(band / 400.0).isBetween(0.87, 1.0);
  }

  @Test
  void allCensoredAllAtOnceAndASingleReplicaAreDefined() {
    SurvivalCurve none =
        SurvivalCurve.of(CensoredTimes.until(new double[] {Double.NaN, Double.NaN}, 8));
    assertThat(none.times()).isEmpty();
    assertThat(none.at(8)).isEqualTo(1);
    assertThat(none.area()).isEqualTo(8);
    assertThat(none.band(0.9).lower()).isEmpty();

    SurvivalCurve atOnce = SurvivalCurve.of(CensoredTimes.until(new double[3], 8));
    assertThat(atOnce.survival()).containsExactly(0);
    assertThat(atOnce.standardErrors()).containsExactly(0);
    assertThat(atOnce.area()).isZero();
    assertThat(atOnce.pointwise(0.9).upper()).containsExactly(0);

    SurvivalCurve single = SurvivalCurve.of(CensoredTimes.until(new double[] {2}, 8));
    assertThat(single.area()).isEqualTo(2);
  }

  @Test
  void aPassagePrecedesACensoringOfTheSameTime() {
    SurvivalCurve curve =
        SurvivalCurve.of(new CensoredTimes(new double[] {3, 3}, new boolean[] {false, true}));

    assertThat(curve.atRisk()).containsExactly(2);
    assertThat(curve.survival()).containsExactly(0.5);
  }

  @Test
  void wrongTimesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CensoredTimes(new double[] {-1}, new boolean[1]))
        .withMessageContaining("replica 0 must be finite and >= 0, got -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CensoredTimes(new double[] {Double.NaN}, new boolean[1]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CensoredTimes(new double[0], new boolean[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SurvivalCurve.of(remission()).pointwise(95))
        .withMessageContaining("0.95");
  }
}
