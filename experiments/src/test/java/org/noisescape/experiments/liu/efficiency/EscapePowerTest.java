package org.noisescape.experiments.liu.efficiency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.LandscapeRuns;
import org.noisescape.experiments.frame.Power;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Five curves of 40 steps over 200,000 replicas, whose means are known to 0.32 %, shares of them,
 * and ratios at four dimensions over 10,000.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EscapePowerTest {
  private static final int REPLICAS = 200_000;

  /** Relative error of the mean of as many squares of a normal number, √(2/R). */
  private static final double ERROR = Math.sqrt(2.0 / REPLICAS);

  private static final List<Integer> DIMENSIONS = List.of(16, 64, 256, 1024);
  private static final int DIMENSION_REPLICAS = 10_000;

  private final List<EscapeEfficiencyTimes.Setup> setups =
      EscapeEfficiencyTimes.setups(LandscapeRuns.settings(new EscapeEfficiencyTimes()));

  private final List<GridPoint> theory = points();

  /** Exact shares, and exact ratios. */
  private final LevelShares shares = shares();

  private final AlignmentPower powers =
      AlignmentPower.of(DIMENSIONS, points(AlignmentPower.setups(DIMENSIONS), 1));

  @Test
  void theTheoryAgreesAndContinuousTimeDoesNotPassForIt() {
    assertThat(agreeing(theory, GridPoint::exact)).isGreaterThanOrEqualTo(Power.LEAST);
    assertThat(agreeing(theory, GridPoint::continuous)).isLessThanOrEqualTo(Power.MOST);
  }

  /** Isotropic noise in both of the compared systems. */
  @Test
  void noiseWithoutAnEffectOfItsDirectionDoesNotPass() {
    List<GridPoint> isotropic = GridPoint.of(theory, "isotropic");
    ToDoubleFunction<GridPoint> same =
        p ->
            p.label().panel().equals("aligned")
                ? isotropic.get((int) p.steps() - 1).exact()
                : p.exact();
    assertThat(agreeing(theory, same)).isLessThanOrEqualTo(Power.MOST);
  }

  @Test
  void otherLawsOfTheSharesAboveALevelDoNotPass() {
    for (ToDoubleFunction<LevelShares.Point> law :
        List.<ToDoubleFunction<LevelShares.Point>>of(
            LevelShares::attained, LevelShares::exponential)) {
      assertThat(
              Power.agreeing(
                  seed ->
                      findings(theory, GridPoint::exact, law, AlignmentPower.Ratio::exact, seed)))
          .isLessThanOrEqualTo(Power.MOST);
    }
  }

  /** D^3 at d = 2 as Eq. 43 is printed, and D at every d. */
  @Test
  void otherPowersOfTheDimensionDoNotPass() {
    ToDoubleFunction<AlignmentPower.Ratio> printed =
        r -> r.flatness() > 1 ? Math.pow(r.dimension(), 3) : r.exact();
    ToDoubleFunction<AlignmentPower.Ratio> linear = AlignmentPower.Ratio::dimension;
    for (ToDoubleFunction<AlignmentPower.Ratio> law : List.of(printed, linear)) {
      assertThat(
              Power.agreeing(
                  seed -> findings(theory, GridPoint::exact, LevelShares.Point::exact, law, seed)))
          .isLessThanOrEqualTo(Power.MOST);
    }
  }

  private LevelShares shares() {
    List<LossCurve> curves = new ArrayList<>();
    for (int i = 0; i < setups.size(); i++) {
      curves.add(new LossCurve(new double[40], new double[40], new double[40][4]));
    }
    return LevelShares.of(setups, curves, REPLICAS);
  }

  private List<GridPoint> points() {
    return points(setups, 40);
  }

  private static List<GridPoint> points(List<EscapeEfficiencyTimes.Setup> setups, int steps) {
    // any number that is no 0, which is no quotient
    double[] ones = new double[steps];
    Arrays.fill(ones, 1);
    List<GridPoint> points = new ArrayList<>();
    for (EscapeEfficiencyTimes.Setup setup : setups) {
      points.addAll(
          EscapeEfficiencyTimes.points(
              setup, new LossCurve(ones, ones, new double[steps][0]), REPLICAS));
    }
    return points;
  }

  private long agreeing(List<GridPoint> theory, ToDoubleFunction<GridPoint> truth) {
    return Power.agreeing(
        seed ->
            findings(theory, truth, LevelShares.Point::exact, AlignmentPower.Ratio::exact, seed));
  }

  private Findings findings(
      List<GridPoint> theory,
      ToDoubleFunction<GridPoint> truth,
      ToDoubleFunction<LevelShares.Point> law,
      ToDoubleFunction<AlignmentPower.Ratio> power,
      long seed) {
    RandomStream normals = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    List<GridPoint> measured = new ArrayList<>();
    for (GridPoint p : theory) {
      double mean = truth.applyAsDouble(p);
      measured.add(
          new GridPoint(
              p.label(),
              p.quantity(),
              mean * (1 + ERROR * normals.nextGaussian()),
              mean * ERROR,
              p.exact(),
              p.text(),
              p.continuous(),
              REPLICAS,
              p.steps()));
    }
    List<LevelShares.Point> above = new ArrayList<>();
    for (LevelShares.Point p : shares.points()) {
      double share = law.applyAsDouble(p);
      double error = Math.sqrt(share * (1 - share) / REPLICAS);
      above.add(
          new LevelShares.Point(
              p.panel(),
              p.steps(),
              p.multiple(),
              Math.clamp(share + error * normals.nextGaussian(), 0, 1),
              REPLICAS,
              p.exact()));
    }
    List<AlignmentPower.Ratio> ratios = new ArrayList<>();
    for (AlignmentPower.Ratio r : powers.ratios()) {
      // the aligned mean is that of a square, and many squares make the isotropic one
      double error = Math.sqrt(2.0 / DIMENSION_REPLICAS);
      double ratio = power.applyAsDouble(r) * Math.exp(error * normals.nextGaussian());
      ratios.add(
          new AlignmentPower.Ratio(
              r.flatness(),
              r.dimension(),
              PointEstimate.ofDraws(ratio, error * ratio, DIMENSION_REPLICAS),
              r.exact()));
    }
    return EscapeEfficiencyTimes.findings(
        measured, new LevelShares(above), new AlignmentPower(ratios));
  }
}
