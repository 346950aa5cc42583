package org.noisescape.experiments.liu.efficiency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.LandscapeRuns;
import org.noisescape.experiments.frame.Power;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** Five curves of 40 steps over 200,000 replicas, whose means are known to 0.32 %. */
class EscapePowerTest {
  private static final int REPLICAS = 200_000;

  /** Relative error of the mean of as many squares of a normal number, √(2/R). */
  private static final double ERROR = Math.sqrt(2.0 / REPLICAS);

  private final List<EscapeEfficiencyTimes.Setup> setups =
      EscapeEfficiencyTimes.setups(LandscapeRuns.settings(new EscapeEfficiencyTimes()));

  @Test
  void theTheoryAgreesAndContinuousTimeDoesNotPassForIt() {
    List<GridPoint> theory = points();
    assertThat(agreeing(theory, GridPoint::exact)).isGreaterThanOrEqualTo(Power.LEAST);
    assertThat(agreeing(theory, GridPoint::continuous)).isLessThanOrEqualTo(Power.MOST);
  }

  /** Isotropic noise in both of the compared systems. */
  @Test
  void noiseWithoutAnEffectOfItsDirectionDoesNotPass() {
    List<GridPoint> theory = points();
    List<GridPoint> isotropic = GridPoint.of(theory, "isotropic");
    ToDoubleFunction<GridPoint> same =
        p ->
            p.label().panel().equals("aligned")
                ? isotropic.get((int) p.steps() - 1).exact()
                : p.exact();
    assertThat(agreeing(theory, same)).isLessThanOrEqualTo(Power.MOST);
  }

  private List<GridPoint> points() {
    double[] zeros = new double[40];
    List<GridPoint> points = new ArrayList<>();
    for (EscapeEfficiencyTimes.Setup setup : setups) {
      points.addAll(EscapeEfficiencyTimes.points(setup, new LossCurve(zeros, zeros), REPLICAS));
    }
    return points;
  }

  private static long agreeing(List<GridPoint> theory, ToDoubleFunction<GridPoint> truth) {
    return Power.agreeing(seed -> findings(theory, truth, seed));
  }

  private static Findings findings(
      List<GridPoint> theory, ToDoubleFunction<GridPoint> truth, long seed) {
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
    return EscapeEfficiencyTimes.findings(measured);
  }
}
