package org.noisescape.experiments.liu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.statistics.ExponentialTail;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.liu.bayes.LowestRate;
import org.noisescape.experiments.liu.bayes.MeasuredDivergence;
import org.noisescape.experiments.liu.depth.DepthCriterion;
import org.noisescape.experiments.liu.depth.DepthRun;
import org.noisescape.experiments.liu.distribution.Ellipse;
import org.noisescape.experiments.liu.kramers.CappedDoubleWell;
import org.noisescape.experiments.liu.kramers.CappedDoubleWell.NoiseReading;
import org.noisescape.experiments.liu.kramers.EscapePoint;
import org.noisescape.experiments.liu.kramers.KramersCriterion;
import org.noisescape.experiments.liu.momentum.DivergenceEdge;
import org.noisescape.experiments.liu.stationary.GridCriterionTest;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.experiments.liu.stationary.StationaryCase;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.report.Metrics;
import org.noisescape.theory.liu.KramersRate;

class LiuPartsTest {
  @Test
  void contractionIsTheSpectralRadiusOfTheStep() {
    for (double mu : new double[] {0, 0.4, 0.9}) {
      for (double nu : new double[] {0, 0.7, 1}) {
        for (double x : new double[] {0.01, 0.8, 1.7}) {
          double direct = 1 - mu * nu;
          double[][] step = {{1 - x * direct, -x * nu * mu}, {1 - mu, mu}};
          double largest = 0;
          for (var z :
              new EigenDecompositionNonSymmetric(new Array2DRowRealMatrix(step)).getEigenvalues()) {
            largest = Math.max(largest, z.norm());
          }
          assertThat(StationaryCase.contraction(mu, nu, x)).isCloseTo(largest, within(1e-7));
        }
      }
    }
    assertThat(StationaryCase.contraction(0.25, 0.1))
        .isEqualTo(StationaryCase.contraction(0.25, 1, 0.1 / 0.75));
  }

  @Test
  void ellipseHasItsBoundaryAtThreeSigma() {
    Ellipse ellipse = Ellipse.of(new double[][] {{4, 1}, {1, 1}});
    // along (1, 0): wᵀΣ⁻¹w = w²·1/3, so the boundary is at 3√3
    double edge = 3 * Math.sqrt(3);
    assertThat(ellipse.inside().applyAsDouble(new double[] {edge - 1e-9, 0})).isEqualTo(1);
    assertThat(ellipse.inside().applyAsDouble(new double[] {edge + 1e-9, 0})).isZero();
    assertThat(Ellipse.NORMAL_SHARE).isCloseTo(0.98889, within(1e-5));
  }

  @Test
  void divergenceBeginsWhereTheTheorySays() {
    assertThat(DivergenceEdge.of(2.75)).isCloseTo(0.375, within(DivergenceEdge.RESOLUTION));
    assertThat(DivergenceEdge.of(1)).isZero();
  }

  @Test
  void measuredDivergenceVanishesAtThePosterior() {
    double[] k = {1, 0.4};
    List<GridPoint> posterior =
        List.of(
            GridCriterionTest.point(1.0 / 100, 1e-4, 1, 1, 1),
            GridCriterionTest.point(1.0 / 40, 2.5e-4, 1, 1, 1));
    MeasuredDivergence divergence = MeasuredDivergence.of(posterior, k, 100);
    assertThat(divergence.value()).isCloseTo(0, within(1e-15));
    // ½√(2)·½·(0.01)², what is left where the slope vanishes
    assertThat(divergence.standardError()).isCloseTo(Math.sqrt(2) / 4 * 1e-4, within(1e-12));
  }

  @Test
  void lowestRateFindsTheMinimumOfAKnownCurveWithinItsError() {
    RandomStream noise = RandomKey.of(2, Purpose.ESTIMATOR, 0).stream(0);
    List<MeasuredDivergence> curve = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      double rate = 0.5 + 0.1 * i;
      double z = Math.log(rate / 0.83);
      curve.add(new MeasuredDivergence(rate, z * z + 0.004 * noise.nextGaussian(), 0.004));
    }
    LowestRate lowest = LowestRate.of(curve, RandomKey.of(2, Purpose.BOOTSTRAP, 0));
    assertThat(lowest.standardError()).isBetween(1e-3, 0.05);
    assertThat(lowest.rate()).isCloseTo(0.83, within(3 * lowest.standardError()));
  }

  @Test
  void doubleWellIsSmoothAndHasItsCurvatures() {
    CappedDoubleWell well = new CappedDoubleWell(0.7);
    for (double w : new double[] {-1.7, -1, -0.3, 0, 0.6, 0.9999999, 1.0000001, 2.5}) {
      double h = 1e-5;
      double slope =
          (well.value(new double[] {w + h}) - well.value(new double[] {w - h})) / (2 * h);
      assertThat(well.slope(w)).isCloseTo(slope, within(1e-8));
      double bend = (well.slope(w + h) - well.slope(w - h)) / (2 * h);
      assertThat(well.curvature(w)).isCloseTo(bend, within(1e-4));
    }
    assertThat(well.curvature(1)).isEqualTo(well.atMinimum());
    assertThat(well.curvature(0)).isEqualTo(well.atTop());
    assertThat(well.value(new double[] {0}) - well.value(new double[] {1}))
        .isCloseTo(well.barrier(), within(1e-15));
    double height = well.value(new double[] {CappedDoubleWell.INFLECTION}) / well.barrier();
    assertThat(height).isCloseTo(CappedDoubleWell.MIDPOINT, within(1e-12));
  }

  @Test
  void kramersCriterionWantsGrowthAndTheRightShape() {
    List<EscapePoint> discrete = new ArrayList<>();
    List<EscapePoint> flat = new ArrayList<>();
    for (double scale : new double[] {0.05, 0.3, 0.6, 0.9}) {
      KramersRate theory = new KramersRate(scale / 4, 2 * scale, -scale, 4.0 / 9, 10);
      discrete.add(escape(scale, 1.7 * theory.discrete(1), theory, 1000));
      flat.add(escape(scale, theory.continuous(1), theory, 1000));
    }
    assertThat(KramersCriterion.grows(discrete)).isEqualTo(Verdict.AGREES);
    assertThat(KramersCriterion.follows(discrete, EscapePoint::discrete)).isEqualTo(Verdict.AGREES);
    assertThat(KramersCriterion.nearer(discrete)).isEqualTo(Verdict.AGREES);
    assertThat(KramersCriterion.constant(discrete, EscapePoint::discrete))
        .isCloseTo(1.7, within(1e-12));
    assertThat(KramersCriterion.grows(flat)).isEqualTo(Verdict.DISAGREES);
    assertThat(KramersCriterion.nearer(flat)).isEqualTo(Verdict.DISAGREES);
    EscapePoint first = discrete.getFirst();
    assertThat(KramersCriterion.limit(first, 1.05 * first.reduced())).isEqualTo(Verdict.AGREES);
    assertThat(KramersCriterion.limit(first, 2 * first.reduced())).isEqualTo(Verdict.DISAGREES);
    assertThat(KramersCriterion.limit(discrete.get(1), 1)).isEqualTo(Verdict.INCONCLUSIVE);
    EscapePoint rare = escape(0.9, 1e-6, first.theory(), 3);
    assertThat(KramersCriterion.follows(List.of(first, rare), EscapePoint::discrete))
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void testErrorIsReadWhereTheLossMeetsTheTarget() {
    Metrics seed =
        new Metrics(
            0,
            List.of(
                Map.of("step", 0.0, "train_loss", 1.0, "test_accuracy", 0.1),
                Map.of("step", 10.0, "train_loss", 0.4, "test_accuracy", 0.5),
                Map.of("step", 20.0, "train_loss", 0.1, "test_accuracy", 0.7)));
    DepthRun run = DepthRun.of(2, 0.1, 0.2, List.of(seed));
    // half way in log loss
    assertThat(run.errors()[0]).isCloseTo(0.4, within(1e-12));
    assertThat(run.times()[0]).isCloseTo(1.5, within(1e-12));
    assertThat(run.reached()).isTrue();
    assertThat(DepthRun.of(2, 0.1, 0.05, List.of(seed)).reached()).isFalse();
  }

  @Test
  void depthCriterionComparesSeedBySeed() {
    DepthRun small = depth(0.30, 0.40, 0.35);
    // the spread over seeds is far larger than the change, which is the same in each
    DepthRun large = depth(0.28, 0.381, 0.33);
    assertThat(DepthCriterion.deviates(List.of(small), List.of(large))).isEqualTo(Verdict.AGREES);
    assertThat(DepthCriterion.deviates(List.of(small), List.of(small)))
        .isEqualTo(Verdict.DISAGREES);
    assertThat(DepthCriterion.deviates(List.of(small), List.of(depth(0.4, 0.3, 0.36))))
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(DepthCriterion.limitReached(small, depth(0.301, 0.402, 0.349)))
        .isEqualTo(Verdict.AGREES);
    assertThat(DepthCriterion.limitReached(small, large)).isEqualTo(Verdict.DISAGREES);
    assertThat(DepthCriterion.limitReached(small, depth(0.3, Double.NaN, 0.3)))
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void caseThatDoesNotContractIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new StationaryCase(
                    new StationaryCase.Label("a", "b", "c", 1, 0, 0, 1),
                    null,
                    null,
                    List.of(),
                    1,
                    new double[1],
                    1,
                    List.of()))
        .withMessageContaining("contracts");
  }

  private static DepthRun depth(double... errors) {
    return new DepthRun(2, 0.1, errors, new double[errors.length]);
  }

  private static EscapePoint escape(double scale, double rate, KramersRate theory, int events) {
    ExponentialTail law =
        new ExponentialTail(0, rate, rate / Math.sqrt(events), events, 1000, 0.5, true);
    return new EscapePoint(NoiseReading.TWO_TEMPERATURES, scale, law, 1000, theory, 1);
  }
}
