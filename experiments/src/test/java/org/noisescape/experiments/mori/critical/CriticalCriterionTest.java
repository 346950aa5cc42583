package org.noisescape.experiments.mori.critical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.RateRamp;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.mori.critical.CriticalMinimum.Prediction;

/** Jumps of made-up ramps, and what follows from them. */
class CriticalCriterionTest {
  private static final int BATCH = 8;
  private static final RateRamp RATES = new RateRamp(0.001, 1.01, 100);
  private static final double[] FACTORS = {5, 10, 20};

  private static CriticalMinimum minimum(double largest, double dimension) {
    return new CriticalMinimum(0.1, 10, 0, 0.01, 1e-6, 1, largest, 1e-6, true, dimension);
  }

  /** Replicas that jump by a hundred at the piece whose learning rate is nearest. */
  private static CriticalRamp jumpingAt(double... rates) {
    double[][] losses = new double[rates.length][];
    for (int r = 0; r < rates.length; r++) {
      int piece = (int) Math.round(Math.log(rates[r] / RATES.initial()) / Math.log(1.01)) + 1;
      losses[r] = new double[piece + 1];
      java.util.Arrays.fill(losses[r], 0.01);
      losses[r][piece] = 1;
    }
    return CriticalRamp.of(RATES, FACTORS, losses);
  }

  private static CriticalPoint point(CriticalMinimum minimum, double... rates) {
    return new CriticalPoint(minimum, BATCH, jumpingAt(rates), jumpingAt(rates[0]));
  }

  /** Minima with h* from 10 on, measured = a (2/(n − 2) B/h*)^b. */
  private static List<CriticalPoint> minima(int count, double a, double b) {
    List<CriticalPoint> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CriticalMinimum m = minimum(10 * Math.pow(1.15, i), 10 + i % 3 * 8);
      double rate = a * Math.pow(m.predicted(Prediction.SLIDES, BATCH), b);
      points.add(point(m, rate, rate));
    }
    return points;
  }

  /** Order, proportionality, size, dimension. */
  private static List<Verdict> judge(List<CriticalPoint> points) {
    return CriticalNumbers.judged(points, Prediction.SLIDES).list().stream()
        .map(m -> m.verdict().orElseThrow())
        .toList();
  }

  @Test
  void predictionsAreThoseOfTheSlidesOursAndGradientDescent() {
    CriticalMinimum m = minimum(20, 12);
    assertThat(m.predicted(Prediction.SLIDES, BATCH)).isCloseTo(16.0 / 200, within(1e-15));
    assertThat(m.predicted(Prediction.CORRECTED, BATCH)).isCloseTo(16.0 / 360, within(1e-15));
    assertThat(m.predicted(Prediction.STABILITY, BATCH)).isCloseTo(0.1, within(1e-15));
    assertThat(minimum(20, 2).predicted(Prediction.SLIDES, BATCH)).isInfinite();
    assertThat(minimum(-1, 12).predicted(Prediction.SLIDES, BATCH)).isNaN();
  }

  @Test
  void theJumpIsTheFirstLookAboveTheFactorTimesTheLeastLossBefore() {
    double[] losses = {0.04, 0.02, 0.08, 0.01, 0.06, 0.11, 0.3, 0.02};
    CriticalRamp ramp = CriticalRamp.of(RATES, FACTORS, losses);
    // 0.06 is above 5, 0.11 above 10, 0.3 above 20 times 0.01
    assertThat(ramp.jump(0, 0)).isEqualTo(4);
    assertThat(ramp.jump(0, 1)).isEqualTo(5);
    assertThat(ramp.jump(0, 2)).isEqualTo(6);
    // the look at the end of piece 5, steps 401 to 500, saw the learning rate raised four times
    assertThat(ramp.critical()[1][0])
        .isCloseTo(0.001 * Math.pow(1.01, 4), within(Math.ulp(0.001) * 4));
    assertThat(ramp.rates(0)).hasSize(8).startsWith(0.001, 0.001);
  }

  @Test
  void aLossThatIsNoNumberHasJumpedAndOneThatStaysIsCensored() {
    CriticalRamp ramp =
        CriticalRamp.of(
            RATES, FACTORS, new double[] {0.01, 0.01, Double.NaN}, new double[] {0.01, 0.02, 0.09});
    assertThat(ramp.jump(0, 2)).isEqualTo(2);
    assertThat(ramp.censored(1)).isEqualTo(1);
    assertThat(ramp.censored(0)).isZero();
    assertThat(ramp.meanLog(1)).isNaN();
  }

  /** So that it does not matter how soon after the last jump the ensemble ended. */
  @Test
  void aRampEndsWhereTheLargestJumpIsOver() {
    double[][] looks = {{1, 1}, {0.5, 1}, {6, 2}, {20, 3}, {0.1, 21}, {9, 0.2}};
    List<double[]> snapshots = List.of(looks);
    CriticalRamp ramp = CriticalRamp.of(RATES, FACTORS, snapshots, 0, 2);
    assertThat(ramp.losses()[0]).containsExactly(1, 0.5, 6, 20);
    assertThat(ramp.losses()[1]).containsExactly(1, 1, 2, 3, 21);
    assertThat(CriticalRamp.allJumped(snapshots.subList(0, 4), 20)).isFalse();
    assertThat(CriticalRamp.allJumped(snapshots.subList(0, 5), 20)).isTrue();
    assertThat(CriticalRamp.of(RATES, FACTORS, snapshots.subList(0, 5), 0, 2).losses())
        .isEqualTo(ramp.losses());
    assertThat(CriticalRamp.of(RATES, FACTORS, snapshots, 1, 1).jump(0, 1)).isEqualTo(4);
  }

  @Test
  void errorHasTheSpreadOfReplicasAndTheResolutionOfTheRamp() {
    CriticalRamp ramp = jumpingAt(0.1, 0.1 * Math.exp(0.2));
    // half the distance of two logarithms is the standard error of their mean
    double step = Math.log(1.01);
    double distance = Math.log(ramp.critical()[1][1] / ramp.critical()[1][0]);
    assertThat(distance).isCloseTo(0.2, within(step));
    assertThat(ramp.meanLogError(1))
        .isCloseTo(Math.hypot(distance / 2, step / Math.sqrt(12)), within(1e-12));
    assertThat(jumpingAt(0.1).meanLogError(1)).isNaN();
  }

  @Test
  void measuredAsPredictedAgreesAndAnythingElseDoesNot() {
    assertThat(judge(minima(10, 1, 1))).containsOnly(Verdict.AGREES);
    assertThat(judge(minima(10, 3, 1)))
        .containsExactly(Verdict.AGREES, Verdict.AGREES, Verdict.DISAGREES, Verdict.AGREES);
    assertThat(judge(minima(10, 1, 0.5)).get(1)).isEqualTo(Verdict.DISAGREES);
    assertThat(judge(minima(10, 0.002, -1)).get(0)).isEqualTo(Verdict.DISAGREES);
  }

  /** h* over a decade and n between 10 and 26: the order alone would not tell. */
  @Test
  void theLimitOfGradientDescentIsToldByTheDependenceOnTheDimension() {
    List<CriticalPoint> points = new ArrayList<>();
    for (CriticalPoint p : minima(20, 1, 1)) {
      double rate = p.predicted(Prediction.STABILITY);
      double scatter = 1 + 1e-3 * (points.size() % 3);
      points.add(point(p.minimum(), scatter * rate, scatter * rate));
    }
    assertThat(judge(points).get(0)).isEqualTo(Verdict.AGREES);
    assertThat(judge(points).get(3)).isEqualTo(Verdict.DISAGREES);
    assertThat(CriticalNumbers.judged(points, Prediction.STABILITY).verdict())
        .isEqualTo(Verdict.AGREES);
    assertThat(CriticalNumbers.judged(minima(20, 1, 1), Prediction.STABILITY).verdict())
        .isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void tooFewMinimaOrTooNarrowARangeDecideNothing() {
    assertThat(judge(minima(5, 1, 1))).containsOnly(Verdict.INCONCLUSIVE);
    assertThat(judge(List.of())).containsOnly(Verdict.INCONCLUSIVE);
    List<CriticalPoint> same = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      same.add(point(minimum(10 + 0.1 * i, 10), 0.2, 0.2));
    }
    assertThat(judge(same))
        .containsExactly(
            Verdict.INCONCLUSIVE, Verdict.INCONCLUSIVE, Verdict.AGREES, Verdict.INCONCLUSIVE);
  }

  @Test
  void censoredAndHighMinimaAreLeftOutAndSaid() {
    List<CriticalPoint> points = minima(18, 1, 1);
    CriticalRamp still = CriticalRamp.of(RATES, FACTORS, new double[] {0.01, 0.01});
    points.add(new CriticalPoint(minimum(10, 10), BATCH, still, still));
    CriticalMinimum high = new CriticalMinimum(0.1, 10, 0, 0.06, 1, 1, 10, 1e-6, true, 10);
    points.add(point(high, 0.1, 0.1));
    assertThat(CriticalComparison.of(points, Prediction.SLIDES).points()).isEqualTo(18);
    Findings found = CriticalNumbers.findings(points);
    assertThat(found.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(found.note())
        .contains("Left out: 1 minima with a replica that had not jumped")
        .contains("Left out: 1 minima so high");
  }
}
