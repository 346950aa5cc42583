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
import org.noisescape.experiments.wei.SpectrumNoise;

/** {@code wei/trace-determinant}: a tiny run, its criterion, bad input. */
class TraceDeterminantTest {
  private static final Experiment EXPERIMENT = ExperimentCatalogue.find("wei/trace-determinant");

  private static final String[] SPECTRUM = {"steps", "200", "window", "20", "replicas", "30"};

  @TempDir Path folder;

  @Test
  void spectrumRunLeavesTheQuantitiesOfAllNoises() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome = EXPERIMENT.run(request(run, 2, SPECTRUM));
    assertThat(table(run, "trace_determinant")).hasSize(1 + 3 * 101 * 3);
    assertThat(run.resolve("figures/determinant.png")).isNotEmptyFile();
    var rate = measurement(outcome, "SGD noise: initial change");
    // −(η²/4) s |∇T|², ∇T = 4(e^−½ − e^−1)(1, −1) at (½, −½)
    double slope = 4 * (Math.exp(-0.5) - Math.exp(-1));
    assertThat(rate.theory()).isCloseTo(-1e-4 * 0.2 * 2 * slope * slope, within(1e-12));
    // ∇ Σ λ² = 2 (λ₁ 4 e^−½ − λ₂ 4/e)(1, −1), λ₁ = 8 − 4 e^−½, λ₂ = 2/e
    double squares =
        2 * ((8 - 4 * Math.exp(-0.5)) * 4 * Math.exp(-0.5) - 2 * Math.exp(-1) * 4 * Math.exp(-1));
    assertThat(measurement(outcome, "noise of squares: initial change").theory())
        .isCloseTo(-1e-4 * 0.02 * 2 * squares * squares, within(1e-12));
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
        new TraceDeterminant.Plan(0.02, 0.2, 0.6, 0.02, new double[] {0.5, -0.5}, 100, 10, 11);
    SpectrumPath sgd =
        new SpectrumPath(
            SpectrumNoise.SGD,
            new double[] {0, 4},
            List.of(
                course(10, 7, 0.25, 0.5, 31, 32, 11, 12),
                course(1, 3, 0.75, 1, 33, 34, 13, 14),
                course(5, 4, 0.25, 1, 41, 42, 15, 16)),
            -0.75,
            0.015625,
            -0.7,
            -0.8,
            -3.5,
            0.125,
            9);
    SpectrumPath isotropic =
        new SpectrumPath(
            SpectrumNoise.ISOTROPIC,
            new double[] {0, 4},
            List.of(
                course(20, 26, 0.5, 1.2, 35, 36, 27, 28),
                course(2, 1.5, 0.0625, 0.03125, 37, 38, 29, 30),
                course(6, 9, 0.5, 1, 43, 44, 17, 18)),
            0.5,
            0.03125,
            -0.4,
            -0.25,
            0.25,
            0.2,
            10);
    SpectrumPath squares =
        new SpectrumPath(
            SpectrumNoise.SQUARES,
            new double[] {0, 4},
            List.of(
                course(30, 28, 0.5, 1.5, 45, 46, 19, 20),
                course(3, 4, 0.3, 0.4, 47, 48, 21, 22),
                course(7, 6, 0.125, 0.25, 49, 50, 23, 24)),
            -3,
            0.25,
            -2.5,
            -3.5,
            -1,
            0.0625,
            12);
    Findings found = TraceDeterminant.findings(plan, List.of(sgd, isotropic, squares));
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
            noise of squares: change of the sum of squares | -1 | 0.0625 | 0 | AGREES
            noise of squares: initial change of the sum of squares a step, Theorem | -3 | 0.25 | -3.5 | INCONCLUSIVE
            noise of squares: the same beside the drift without expansion in eta | -3 | 0.25 | -2.5 | -
            noise of squares: change of the log determinant | 1 | 0.5 | - | -
            """);
    // changes of the other quantity; 0; half; twice; by Eq. 13 with -2 x 10^-4 (a + b)(a/lambda_1 +
    // b/lambda_2) c, a = 4 e^(-1/2), b = -4/e, lambda_1 = 8 - 4 e^(-1/2), lambda_2 = 2/e: c =
    // s T/2 for the trace, 2 x 0.6/T for the determinant; for the squares -2 x 10^-4 x 2 (lambda_1
    // a
    // + lambda_2 b)(a/lambda_1 + b/lambda_2) c, c = 0.02 x (lambda_1^2 + lambda_2^2)
    String sgdRate = "SGD noise: initial change of the trace a step, Theorem | -0.75 | 0.015625 | ";
    String isotropicRate =
        "isotropic noise: initial change of the log determinant a step, Theorem | 0.5 | 0.03125 | ";
    String squaresRate =
        "noise of squares: initial change of the sum of squares a step, Theorem | -3 | 0.25 | ";
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            "rival each noise lowers the other's quantity: DISAGREES\n"
                + "SGD noise: change of the log determinant | 2 | 1.25 | 0 | INCONCLUSIVE\n"
                + "isotropic noise: change of the trace | 6 | 1.3 | 0 | DISAGREES\n"
                + "noise of squares: change of the log determinant | 1 | 0.5 | 0 | INCONCLUSIVE\n"
                + "rival no drift: DISAGREES\n"
                + (sgdRate + "0 | DISAGREES\n")
                + (isotropicRate + "0 | DISAGREES\n")
                + (squaresRate + "0 | DISAGREES\n")
                + "rival half the rates: DISAGREES\n"
                + (sgdRate + "-0.4 | DISAGREES\n")
                + (isotropicRate + "-0.125 | DISAGREES\n")
                + (squaresRate + "-1.75 | DISAGREES\n")
                + "rival twice the rates: DISAGREES\n"
                + (sgdRate + "-1.6 | DISAGREES\n")
                + (isotropicRate + "-0.5 | DISAGREES\n")
                + (squaresRate + "-7 | DISAGREES\n")
                + "rival rates of the other noise of the same trace: DISAGREES\n"
                + (sgdRate + "0.000188494 | DISAGREES\n")
                + (isotropicRate + "0.000056816 | DISAGREES\n")
                + (squaresRate + "0.00492239 | DISAGREES\n"));
    assertThat(found.verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            noise,learning_rate,strength,step,quantity,value,standard_error,replicas,censored,theory_drift
            sgd,0.02,0.2,0,trace,10.0,0.25,9,0,11.0
            sgd,0.02,0.2,0,log_determinant,1.0,0.75,9,0,13.0
            sgd,0.02,0.2,0,sum_of_squares,5.0,0.25,9,0,15.0
            sgd,0.02,0.2,4,trace,7.0,0.5,9,0,12.0
            sgd,0.02,0.2,4,log_determinant,3.0,1.0,9,0,14.0
            sgd,0.02,0.2,4,sum_of_squares,4.0,1.0,9,0,16.0
            isotropic,0.02,0.6,0,trace,20.0,0.5,10,0,27.0
            isotropic,0.02,0.6,0,log_determinant,2.0,0.0625,10,0,29.0
            isotropic,0.02,0.6,0,sum_of_squares,6.0,0.5,10,0,17.0
            isotropic,0.02,0.6,4,trace,26.0,1.2,10,0,28.0
            isotropic,0.02,0.6,4,log_determinant,1.5,0.03125,10,0,30.0
            isotropic,0.02,0.6,4,sum_of_squares,9.0,1.0,10,0,18.0
            squares,0.02,0.02,0,trace,30.0,0.5,12,0,19.0
            squares,0.02,0.02,0,log_determinant,3.0,0.3,12,0,21.0
            squares,0.02,0.02,0,sum_of_squares,7.0,0.125,12,0,23.0
            squares,0.02,0.02,4,trace,28.0,1.5,12,0,20.0
            squares,0.02,0.02,4,log_determinant,4.0,0.4,12,0,22.0
            squares,0.02,0.02,4,sum_of_squares,6.0,0.25,12,0,24.0
            """);
  }

  /** From a to b, with errors, spreads and theory in the same order. */
  private static SpectrumPath.Course course(
      double a, double b, double ea, double eb, double sa, double sb, double ta, double tb) {
    return new SpectrumPath.Course(
        new double[] {a, b}, new double[] {ea, eb}, new double[] {sa, sb}, new double[] {ta, tb});
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
