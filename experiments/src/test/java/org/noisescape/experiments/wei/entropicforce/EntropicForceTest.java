package org.noisescape.experiments.wei.entropicforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.measurement;
import static org.noisescape.experiments.frame.LandscapeRuns.refused;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.table;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;

/** {@code wei/entropic-force}: a tiny run and bad input. */
class EntropicForceTest {
  private static final Experiment EXPERIMENT = ExperimentCatalogue.find("wei/entropic-force");

  private static final String[] FORCE = {
    "lr", "0.1", "slopes", "0.001,0.002", "relaxations", "20", "replicas", "20"
  };

  @TempDir Path folder;

  @Test
  void forceRunBalancesWhereEquationThirtyEightSays() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome = EXPERIMENT.run(request(run, 2, FORCE));
    var mean = measurement(outcome, "mean theta_2 with noise, alpha = 0.002");
    assertThat(mean.theory()).isCloseTo(-0.04, within(1e-15));
    // leading order in ηλ/2 = .05
    assertThat(mean.value()).isCloseTo(-0.04, within(0.04 * 0.1 + 4 * mean.standardError()));
    assertThat(table(run, "entropic_force")).hasSize(1 + 3);
    assertThat(measurement(outcome, "drift of theta_2").value()).isCloseTo(-1e-4, within(1e-6));
  }

  @Test
  void everyNumberAndCellIsThatOfItsPath() {
    // eta = 0.5, s = 2: balance at -2 alpha, relaxation in 2/(eta^2 s) = 4 steps
    EntropicForce.Plan plan =
        new EntropicForce.Plan(0.5, 2, List.of(0.25, 0.125), new double[] {0.1, 0.1}, 3, 6);
    Findings found =
        EntropicForce.findings(
            plan,
            List.of(
                path(0.25, -0.515625, 0.001953125, 6.5, true, 7),
                path(0.125, -0.375, 0.0078125, 5.5, false, 8)),
            path(0.0625, -0.0313, Double.NaN, Double.NaN, true, 1));
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            mean theta_2 with noise, alpha = 0.25 | -0.515625 | 0.00195313 | -0.5 | AGREES
            mean theta_2 with noise, alpha = 0.125 | -0.375 | - | -0.25 | INCONCLUSIVE
            drift of theta_2 a step without noise | -0.0313 | 0 | -0.03125 | AGREES
            theta_2 at the end without noise | -3.5 | - | - | -
            steps until a factor 1/e of the initial distance | 6.5 | - | 4 | -
            """);
    assertThat(FoundText.figures(found))
        .isEqualTo(
            """
            position | Step | θ₂
            band : (0, -0.2) (8, -3.9) (0, 0.4) (8, -3.1)
            line with noise: (0, 0.1) (8, -3.5)
            line without noise: (0, 0.1) (8, -3.5)
            dashed averaged drift: (0, 0.7) (8, 0.8)
            dashed : (0, 0.7) (8, 0.8)
            dotted Eq. 38: (0, -0.5) (8, -0.5)
            curved-direction | Step | θ₁
            points with noise, one replica: (0, 0.5) (8, 0.6)
            line without noise: (0, 0.5) (8, 0.6)
            dashed ±√(ηs/2): (0, -0.707107) (8, -0.707107)
            dashed : (0, 0.707107) (8, 0.707107)
            balance | log Slope α of the floor | log −⟨θ₂⟩
            dashed Eq. 38: (0.125, 0.25) (0.25, 0.5)
            thin half and twice the force: (0.125, 0.5) (0.25, 1)
            thin : (0.125, 0.125) (0.25, 0.25)
            thin isotropic noise: (0.125, 0.267949) (0.25, 1)
            thin square root: (0.125, 0.25) (0.25, 0.353553)
            points with noise: (0.25, 0.515625, 0.00195313) (0.125, 0.375, 0.0078125)
            """);
    // 0.1 - 0.5 alpha 150 in 200 steps; 2 b/(1 + sqrt(1 - 4 b^2)) for b = -1/2, -1/4; -1/4 sqrt 2
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival noise exerts no force: DISAGREES
            mean theta_2 with noise, alpha = 0.25 | -0.515625 | 0.00195313 | -18.65 | DISAGREES
            mean theta_2 with noise, alpha = 0.125 | -0.375 | - | -9.275 | INCONCLUSIVE
            rival half the force: DISAGREES
            mean theta_2 with noise, alpha = 0.25 | -0.515625 | 0.00195313 | -1 | DISAGREES
            mean theta_2 with noise, alpha = 0.125 | -0.375 | - | -0.5 | INCONCLUSIVE
            rival twice the force: DISAGREES
            mean theta_2 with noise, alpha = 0.25 | -0.515625 | 0.00195313 | -0.25 | DISAGREES
            mean theta_2 with noise, alpha = 0.125 | -0.375 | - | -0.125 | INCONCLUSIVE
            rival isotropic noise: DISAGREES
            mean theta_2 with noise, alpha = 0.25 | -0.515625 | 0.00195313 | -1 | DISAGREES
            mean theta_2 with noise, alpha = 0.125 | -0.375 | - | -0.267949 | INCONCLUSIVE
            rival balance ~ sqrt(alpha): DISAGREES
            mean theta_2 with noise, alpha = 0.25 | -0.515625 | 0.00195313 | -0.353553 | DISAGREES
            mean theta_2 with noise, alpha = 0.125 | -0.375 | - | -0.25 | INCONCLUSIVE
            """);
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            learning_rate,strength,slope,quantity,value,standard_error,replicas,censored,theory,settled,transient_steps
            0.5,2.0,0.25,mean_theta_2,-0.515625,0.001953125,7,0,-0.5,true,6.5
            0.5,2.0,0.125,mean_theta_2,-0.375,0.0078125,8,0,-0.25,false,5.5
            0.5,0,0.0625,theta_2_a_step,-0.0313,,1,0,-0.03125,true,
            """);
  }

  private static ForcePath path(
      double slope, double mean, double error, double relaxed, boolean settled, int replicas) {
    return new ForcePath(
        slope,
        new double[] {0, 8},
        new double[] {0.1, -3.5},
        new double[] {0.3, 0.4},
        new double[] {0.5, 0.6},
        new double[] {0.7, 0.8},
        mean,
        error,
        relaxed,
        settled,
        replicas);
  }

  @Test
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused(EXPERIMENT, run, "descent diverges", "lr", "2.5");
    refused(EXPERIMENT, run, "slopes=0: must be different numbers > 0", "slopes", "0");
    assertThat(run).doesNotExist();
  }

  /** Distances e, 3/2 and 1/2 from the mean: 1 is half-way between the last two. */
  @Test
  void theTransientEndsWhereADistanceIsAnEthOfTheFirst() {
    double[] steps = {0, 10, 30};
    double[] above = {3 + Math.E, 4.5, 3.5};
    double[] below = {3 - Math.E, 1.5, 2.5};
    assertThat(ForcePath.transientSteps(steps, above, 3)).isCloseTo(20, within(1e-12));
    assertThat(ForcePath.transientSteps(steps, below, 3)).isCloseTo(20, within(1e-12));
    assertThat(ForcePath.transientSteps(steps, new double[] {3 + Math.E, 4.5, 4.1}, 3)).isNaN();
  }
}
