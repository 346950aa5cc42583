package org.noisescape.experiments.wei.tracedeterminant;

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
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;

/** {@code wei/trace-determinant}: a tiny run, its criterion, bad input. */
class TraceDeterminantTest {
  private static final Experiment EXPERIMENT = ExperimentCatalogue.find("wei/trace-determinant");

  private static final String[] SPECTRUM = {"steps", "200", "window", "20", "replicas", "30"};

  @TempDir Path folder;

  @Test
  void spectrumRunLeavesTraceAndDeterminantOfBothNoises() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome = EXPERIMENT.run(request(run, 2, SPECTRUM));
    assertThat(table(run, "trace_determinant")).hasSize(1 + 2 * 101 * 2);
    assertThat(run.resolve("figures/determinant.png")).isNotEmptyFile();
    var rate = measurement(outcome, "SGD noise: initial change");
    // −(η²/4) s |∇T|², ∇T = 4(e^−½ − e^−1)(1, −1) at (½, −½)
    double slope = 4 * (Math.exp(-0.5) - Math.exp(-1));
    assertThat(rate.theory()).isCloseTo(-1e-4 * 0.2 * 2 * slope * slope, within(1e-12));
  }

  @Test
  void criterionJudgesByItsTolerances() {
    assertThat(verdict(FallCriterion.FALLS, -1, 0.1)).isEqualTo(Verdict.AGREES);
    assertThat(verdict(FallCriterion.FALLS, 1, 0.1)).isEqualTo(Verdict.DISAGREES);
    assertThat(verdict(FallCriterion.FALLS, -0.1, 0.1)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict(FallCriterion.rate(-1), -1.1, 0.01)).isEqualTo(Verdict.AGREES);
    assertThat(verdict(FallCriterion.rate(-1), -1.14, 0.01)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict(FallCriterion.rate(-1), -1.3, 0.01)).isEqualTo(Verdict.DISAGREES);
    assertThat(verdict(FallCriterion.rate(-1), Double.NaN, 0.01)).isEqualTo(Verdict.INCONCLUSIVE);
  }

  private static Verdict verdict(Criterion criterion, double value, double error) {
    return criterion.judge(new PointEstimate(value, error, 1000)).verdict();
  }

  @Test
  void everyNumberAndCellIsThatOfItsPath() {
    TraceDeterminant.Plan plan =
        new TraceDeterminant.Plan(0.02, 0.2, 0.6, new double[] {0.5, -0.5}, 100, 10, 11);
    SpectrumPath sgd =
        new SpectrumPath(
            ValleyNoiseKind.SGD,
            new double[] {0, 4},
            new SpectrumPath.Course(
                new double[] {10, 7},
                new double[] {0.25, 0.5},
                new double[] {31, 32},
                new double[] {11, 12}),
            new SpectrumPath.Course(
                new double[] {1, 3},
                new double[] {0.75, 1},
                new double[] {33, 34},
                new double[] {13, 14}),
            -0.75,
            0.015625,
            -0.7,
            -0.8,
            -3.5,
            0.125,
            9);
    SpectrumPath isotropic =
        new SpectrumPath(
            ValleyNoiseKind.ISOTROPIC,
            new double[] {0, 4},
            new SpectrumPath.Course(
                new double[] {20, 26},
                new double[] {0.5, 1.2},
                new double[] {35, 36},
                new double[] {27, 28}),
            new SpectrumPath.Course(
                new double[] {2, 1.5},
                new double[] {0.0625, 0.03125},
                new double[] {37, 38},
                new double[] {29, 30}),
            0.5,
            0.03125,
            -0.4,
            -0.25,
            0.25,
            0.2,
            10);
    Findings found = TraceDeterminant.findings(plan, List.of(sgd, isotropic));
    // the other quantity: 3 - 1 with hypot(1, 0.75), 26 - 20 with hypot(1.2, 0.5)
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            SGD noise: change of the trace | -3.5 | 0.125 | 0 | AGREES
            SGD noise: initial change of the trace a step, Theorem | -0.75 | 0.015625 | -0.8 | AGREES
            SGD noise: the same beside the drift without expansion in eta | -0.75 | 0.015625 | -0.7 | -
            SGD noise: change of the log determinant | 2 | 1.25 | - | -
            isotropic noise: change of the log determinant | 0.25 | 0.2 | 0 | INCONCLUSIVE
            isotropic noise: initial change of the log determinant a step, Theorem | 0.5 | 0.03125 | -0.25 | DISAGREES
            isotropic noise: the same beside the drift without expansion in eta | 0.5 | 0.03125 | -0.4 | -
            isotropic noise: change of the trace | 6 | 1.3 | - | -
            """);
    // changes of the other quantity; 0; half; twice; by Eq. 13 with -2 x 10^-4 (a + b)(a/lambda_1 +
    // b/lambda_2) c, a = 4 e^(-1/2), b = -4/e, lambda_1 = 8 - 4 e^(-1/2), lambda_2 = 2/e: c =
    // s T/2 for the trace, 2 x 0.6/T for the determinant
    String sgdRate = "SGD noise: initial change of the trace a step, Theorem | -0.75 | 0.015625 | ";
    String isotropicRate =
        "isotropic noise: initial change of the log determinant a step, Theorem | 0.5 | 0.03125 | ";
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            "rival each noise lowers the other's quantity: DISAGREES\n"
                + "SGD noise: change of the log determinant | 2 | 1.25 | 0 | INCONCLUSIVE\n"
                + "isotropic noise: change of the trace | 6 | 1.3 | 0 | DISAGREES\n"
                + "rival no drift: DISAGREES\n"
                + (sgdRate + "0 | DISAGREES\n")
                + (isotropicRate + "0 | DISAGREES\n")
                + "rival half the rates: DISAGREES\n"
                + (sgdRate + "-0.4 | DISAGREES\n")
                + (isotropicRate + "-0.125 | DISAGREES\n")
                + "rival twice the rates: DISAGREES\n"
                + (sgdRate + "-1.6 | DISAGREES\n")
                + (isotropicRate + "-0.5 | DISAGREES\n")
                + "rival rates of the other noise of the same trace: DISAGREES\n"
                + (sgdRate + "0.000188494 | DISAGREES\n")
                + (isotropicRate + "0.000056816 | DISAGREES\n"));
    assertThat(found.verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            noise,learning_rate,strength,step,quantity,value,standard_error,replicas,censored,theory_drift
            sgd,0.02,0.2,0,trace,10.0,0.25,9,0,11.0
            sgd,0.02,0.2,0,log_determinant,1.0,0.75,9,0,13.0
            sgd,0.02,0.2,4,trace,7.0,0.5,9,0,12.0
            sgd,0.02,0.2,4,log_determinant,3.0,1.0,9,0,14.0
            isotropic,0.02,0.6,0,trace,20.0,0.5,10,0,27.0
            isotropic,0.02,0.6,0,log_determinant,2.0,0.0625,10,0,29.0
            isotropic,0.02,0.6,4,trace,26.0,1.2,10,0,28.0
            isotropic,0.02,0.6,4,log_determinant,1.5,0.03125,10,0,30.0
            """);
  }

  @Test
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused(EXPERIMENT, run, "2/lambda = 0.2500 (lambda = 8.000)", "lr", "0.3");
    refused(EXPERIMENT, run, "variance=-1: must be a number > 0", "variance", "-1");
    refused(EXPERIMENT, run, "must be a multiple of 100", "steps", "150");
    refused(EXPERIMENT, run, "between snapshots", "window", "7");
    assertThat(run).doesNotExist();
  }
}
