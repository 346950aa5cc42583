package org.noisescape.experiments.meng.covariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Power;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** Twenty parameters of one minimum, as {@code quick} looks at. */
class ExpansionPowerTest {
  private static final int COORDINATES = 20;
  private static final double[] SHIFTS = {-1, -0.75, -0.5, -0.25, 0.25, 0.5, 0.75, 1};

  /** Correlations scatter around a typical one; D_j by 3 % of its deviation around its form. */
  private static List<CoordinateNoise> draw(double correlation, ExpansionForm truth, long seed) {
    RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    List<CoordinateNoise> all = new ArrayList<>();
    for (int j = 0; j < COORDINATES; j++) {
      // 300 samples that have nothing to do with each other: 1/17
      double own = correlation * (1 + 0.2 * random.nextGaussian()) + random.nextGaussian() / 17;
      double square = correlation * correlation + 1 / 300.0 * random.nextDouble() * 2;
      CoordinateNoise exact =
          new CoordinateNoise("fc1", j, 2, 8, 4 * own, square, square, square, 0, SHIFTS, SHIFTS);
      double[] measured = new double[SHIFTS.length];
      for (int i = 0; i < SHIFTS.length; i++) {
        measured[i] = exact.at(truth, SHIFTS[i]) + 2 * 0.03 * 0.35 * random.nextGaussian();
      }
      all.add(
          new CoordinateNoise(
              "fc1", j, 2, 8, 4 * own, square, square, square, 0, SHIFTS, measured));
    }
    return all;
  }

  private interface Rule {
    Judgement of(List<CoordinateNoise> all);
  }

  private static long agreeing(double correlation, ExpansionForm truth, Rule rule) {
    return Power.agreeing(
        seed -> Findings.of(rule.of(draw(correlation, truth, seed)).verdict(), new Measurements()));
  }

  @Test
  void conditionsAgreeWhereNothingIsCorrelatedOnly() {
    Rule zero = all -> ExpansionCriterion.conditions(all, 0);
    assertThat(agreeing(0, ExpansionForm.EVEN, zero)).isGreaterThanOrEqualTo(Power.LEAST);
    for (double correlation : new double[] {0.3, 0.7, 1}) {
      assertThat(agreeing(correlation, ExpansionForm.FULL, zero)).isLessThanOrEqualTo(Power.MOST);
    }
  }

  @Test
  void theFormOfTheNoiseIsToldFromTheOthers() {
    for (ExpansionForm truth : List.of(ExpansionForm.EVEN, ExpansionForm.FULL)) {
      assertThat(agreeing(0.7, truth, all -> ExpansionCriterion.form(all, truth)))
          .isGreaterThanOrEqualTo(Power.LEAST);
      for (ExpansionForm other : ExpansionForm.values()) {
        if (other != truth) {
          assertThat(agreeing(0.7, truth, all -> ExpansionCriterion.form(all, other)))
              .as(truth + " judged as " + other)
              .isLessThanOrEqualTo(Power.MOST);
        }
      }
    }
  }

  /** g = a + b s, a and b of the samples: both expansions are exact, their halves are not. */
  @Test
  void momentsOfSamplesGiveTheExpansion() {
    double[] g = {1, -2, 0.5, 3};
    double[] h = {0.5, 2, -1, 1};
    LayerMoments layer = new LayerMoments(List.of(new LayerSlice("fc1", 0, 1)), 1);
    CoordinateMoments coordinate = new CoordinateMoments(new int[] {0}, 1, g.length);
    for (int n = 0; n < g.length; n++) {
      layer.add(n, new double[] {g[n]}, new double[] {h[n]});
      coordinate.add(n, new double[] {g[n]}, new double[] {h[n]});
    }
    LayerExpansion expansion = layer.layers().getFirst();
    double[] shifts = {-1, 0.5};
    double unit = CoordinateNoise.unit(coordinate.variance(0), coordinate.curvatureVariance(0));
    double[] measured = {variance(g, h, -unit), variance(g, h, unit / 2)};
    CoordinateNoise one = coordinate.coordinate(0, "fc1", shifts, measured);

    assertThat(expansion.noise()).isCloseTo(variance(g, h, 0), within(1e-12));
    assertThat(expansion.at(ExpansionForm.FULL, 0.7))
        .isCloseTo(variance(g, h, 0.7) / variance(g, h, 0), within(1e-12));
    assertThat(one.error(ExpansionForm.FULL)).isCloseTo(0, within(1e-12));
    assertThat(one.error(ExpansionForm.EVEN)).isGreaterThan(0.1);
    assertThat(one.at(ExpansionForm.CONSTANT, 1)).isEqualTo(variance(g, h, 0));
  }

  private static double variance(double[] g, double[] h, double shift) {
    double sum = 0;
    double squares = 0;
    for (int n = 0; n < g.length; n++) {
      double at = g[n] + shift * h[n];
      sum += at / g.length;
      squares += at * at / g.length;
    }
    return squares - sum * sum;
  }
}
