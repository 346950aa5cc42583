package org.noisescape.experiments.meng.escapetime;

import java.util.List;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Parabola;
import org.noisescape.dynamics.landscape.Separable;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.WeightedLine;
import org.noisescape.experiments.frame.EnsembleRecording;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.theory.meng.PowerLawDynamic;

/**
 * How ⟨w²⟩ of the iteration grows from the minimum, which decides Theorem 4's ε-escape time: as t,
 * or as t^(2/(2 − κ)).
 *
 * @param plan what ran
 * @param times t
 * @param moments ⟨w²⟩
 * @param errors standard errors over replicas
 * @param power d log⟨w²⟩/d log t over the first tenth of the relaxation time
 */
record EpsilonEscapeRun(
    Plan plan, double[] times, double[] moments, double[] errors, SeedMean power) {
  /** Step of time in units of 1/h; h = 1, ησ = 1. */
  static final double STEP = 0.002;

  private static final int STEPS = 200;

  /** Steps that the fit takes: t ≤ 0.1/h, where the iteration's ⟨w²⟩ is linear to 10 %. */
  private static final int FITTED = 50;

  private static final int GROUPS = 20;

  /** What runs. */
  record Plan(double kappa, int replicas) {
    PowerLawDynamic dynamic() {
      return new PowerLawDynamic(1, STEP, 1 / STEP, kappa / STEP);
    }

    /** 2/(2 − κ). */
    double textPower() {
      return 2 / (2 - kappa);
    }
  }

  static Plan plan(Settings settings) {
    Plan plan = new Plan(settings.positive("kappa"), settings.integer("epsilon-replicas", GROUPS));
    if (!(plan.kappa < 2.0 / 3) || plan.replicas % GROUPS != 0) {
      throw new IllegalArgumentException(
          "kappa must be below 2/3 and epsilon-replicas a multiple of %d, got %s and %d"
              .formatted(GROUPS, plan.kappa, plan.replicas));
    }
    return plan;
  }

  static EpsilonEscapeRun run(Plan plan, Ensembles ensembles, int index) {
    PowerLawDynamic dynamic = plan.dynamic();
    LandscapePlan ensemble =
        LandscapePlan.of(
                Separable.of(new Parabola(1, 0)),
                DiagonalNoise.powerLaw(dynamic.sigma(), dynamic.rho(), 0))
            .learningRate(STEP)
            .start(0)
            .seed(ensembles.seed(index))
            .replicas(plan.replicas)
            .build();
    EnsembleRecording recording =
        ensembles.record(
            "epsilon escape",
            ensemble,
            EnsembleSchedule.to(STEPS).snapshots(1),
            List.of(w -> w[0] * w[0]));
    double[] times = new double[STEPS];
    double[] moments = new double[STEPS];
    double[] errors = new double[STEPS];
    double[][] groups = new double[GROUPS][FITTED];
    for (int k = 0; k < STEPS; k++) {
      double[] squares = recording.at(0, k + 1);
      SeedMean mean = SeedMean.of(squares);
      times[k] = (k + 1) * STEP;
      moments[k] = mean.mean();
      errors[k] = mean.standardError();
      for (int r = 0; k < FITTED && r < squares.length; r++) {
        groups[r % GROUPS][k] += squares[r] * GROUPS / squares.length;
      }
    }
    return new EpsilonEscapeRun(plan, times, moments, errors, power(times, groups));
  }

  /** Over independent groups of replicas, for the points of one group are correlated in time. */
  private static SeedMean power(double[] times, double[][] groups) {
    double[] x = new double[FITTED];
    double[] one = new double[FITTED];
    for (int k = 0; k < FITTED; k++) {
      x[k] = Math.log(times[k]);
      one[k] = 1;
    }
    double[] slopes = new double[groups.length];
    for (int g = 0; g < groups.length; g++) {
      double[] y = new double[FITTED];
      for (int k = 0; k < FITTED; k++) {
        y[k] = Math.log(groups[g][k]);
      }
      slopes[g] = WeightedLine.of(x, y, one).slope();
    }
    return SeedMean.of(slopes);
  }

  /** The same power of the exact ⟨w²⟩ of the iteration. */
  double exactPower() {
    double[][] exact = new double[1][FITTED];
    for (int k = 0; k < FITTED; k++) {
      exact[0][k] = plan.dynamic().discreteSecondMoment(k + 1L);
    }
    return power(times, exact).mean();
  }
}
