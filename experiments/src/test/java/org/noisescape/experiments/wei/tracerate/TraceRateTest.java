package org.noisescape.experiments.wei.tracerate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.measurement;
import static org.noisescape.experiments.frame.LandscapeRuns.refused;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.table;
import static org.noisescape.experiments.frame.LandscapeRuns.with;

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

/** {@code wei/trace-rate}: a tiny run, its criterion, bad input. */
class TraceRateTest {
  private static final Experiment EXPERIMENT = ExperimentCatalogue.find("wei/trace-rate");

  private static final String[] RATE = {
    "rates", "0.004,0.007,0.01", "settle", "300", "steps", "100", "replicas", "40"
  };

  @TempDir Path folder;

  @Test
  void traceFallsByTheoremOneWithinTheErrorsOfATinyRun() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome = EXPERIMENT.run(request(run, 2, RATE));
    var slope = measurement(outcome, "slope of the trace");
    // steps/4 · 52
    assertThat(slope.theory()).isCloseTo(-1300, within(1e-9));
    assertThat(slope.value()).isCloseTo(-1300, within(65 + 4 * slope.standardError()));
    List<String> rows = table(run, "trace_rate");
    assertThat(rows).hasSize(4);
    assertThat(rows.getFirst())
        .startsWith("learning_rate,strength,value,standard_error,replicas,censored");
    assertThat(run.resolve("figures/trace-rate.png")).isNotEmptyFile();
    assertThat(run.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void numbersDoNotDependOnThreadsAndAStoppedRunGoesOn() {
    ExperimentOutcome whole = EXPERIMENT.run(request(folder.resolve("one"), 1, RATE));
    Path run = folder.resolve("two");
    int[] asked = {0};
    ExperimentOutcome partial = EXPERIMENT.run(request(run, 2, () -> ++asked[0] > 3, with(RATE)));
    assertThat(partial.partial()).isTrue();
    assertThat(partial.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(partial.measurements()).isEmpty();
    assertThat(EXPERIMENT.run(request(run, 2, RATE))).isEqualTo(whole);
  }

  @Test
  void slopeInterceptAndExponentHaveTheirTolerances() {
    assertThat(slope(-13_600, 20)).isEqualTo(Verdict.AGREES);
    assertThat(slope(-13_600, 40)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(slope(-13_700, 20)).isEqualTo(Verdict.DISAGREES);
    assertThat(slope(-12_300, 20)).isEqualTo(Verdict.DISAGREES);
    assertThat(verdict(TraceCriterion.INTERCEPT, -0.04)).isEqualTo(Verdict.AGREES);
    assertThat(verdict(TraceCriterion.INTERCEPT, 0.06)).isEqualTo(Verdict.DISAGREES);
    assertThat(verdict(TraceCriterion.EXPONENT, 1.95)).isEqualTo(Verdict.AGREES);
    assertThat(verdict(TraceCriterion.EXPONENT, 1.85)).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void aReplicaBeyondAKinkLeavesNoError() {
    List<TracePoint> points =
        List.of(
            new TracePoint(1, -1, 0.1, 8, -1, 11, 0),
            new TracePoint(2, -4, 0.1, 8, -4, 21, 0),
            new TracePoint(3, -9, 0.1, 8, -9, 31, 1));
    TraceFit fit = TraceFit.of(points);
    assertThat(fit.degreesOfFreedom()).isEqualTo(60);
    assertThat(fit.exponent().value()).isCloseTo(2, within(1e-12));
    assertThat(fit.slope().standardError()).isNaN();
    assertThat(fit.intercept().standardError()).isNaN();
    assertThat(fit.exponent().standardError()).isNaN();
    assertThat(TraceFit.of(points.subList(0, 2)).slope().standardError()).isPositive();
  }

  /**
   * Eigenvalues begin at 2 x 0.0102 and 2 x 1.0103: a noise of that size carries some over the
   * kink.
   */
  @Test
  void replicasThatCrossAKinkAreCounted() {
    Path run = folder.resolve("run");
    String[] near = {"start", "-0.9899,1.0001", "strength", "3", "rates", "0.05,0.06,0.07"};
    ExperimentOutcome outcome =
        EXPERIMENT.run(
            request(run, 1, with(near, "settle", "20", "steps", "40", "replicas", "30")));
    int flipped = 0;
    for (String row : table(run, "trace_rate").subList(1, 4)) {
      int here = Integer.parseInt(row.split(",")[6]);
      assertThat(here).isBetween(1, 30);
      flipped += here;
    }
    assertThat(measurement(outcome, "replicas that changed the sign").value()).isEqualTo(flipped);
    assertThat(outcome.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  private static Verdict slope(double slope, double error) {
    return TraceCriterion.slope(-13_000).judge(new PointEstimate(slope, error, 1000)).verdict();
  }

  private static Verdict verdict(Criterion criterion, double value) {
    return criterion.judge(new PointEstimate(value, 0.004, 1000)).verdict();
  }

  @Test
  void everyNumberAndCellIsThatOfItsPoint() {
    TraceRate.Plan plan =
        new TraceRate.Plan(List.of(1.0, 2.0, 3.0), 0.5, new double[] {0.5, 1}, 7, 8, 9);
    // the changes lie on 2 - 50 eta^2
    Findings found =
        TraceRate.findings(
            plan,
            List.of(
                new TracePoint(1, -48, 3, 16.5, -51, 11, 0),
                new TracePoint(2, -198, 3, 17.5, -190, 12, 5),
                new TracePoint(3, -448, 3, 18.5, -470, 13, 0)));
    // theory: -(1/4) s |grad T|^2 in 8 steps, -2 x 0.5 x 52; of eta^2 = 1, 4, 9 the squares about
    // their mean 14/3 sum to 98/3: errors 3/sqrt(98/3) and 3 sqrt(1/3 + 2/3); chi^2 of (3, 8,
    // 22)/3;
    // ln 48, ln 198, ln 448 on ln 1, ln 2, ln 3 with weights 48^2, 198^2, 448^2
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            slope of the trace's change on eta^2 | -50 | - | -52 | INCONCLUSIVE
            intercept of that line / largest change | 0.00446429 | - | 0 | INCONCLUSIVE
            exponent d ln|change| / d ln eta | 2.02019 | - | 2 | INCONCLUSIVE
            chi^2 per point against Eq. 9 without expansion | 20.6296 | 0.816497 | 1 | -
            replicas that changed the sign of an absolute value | 5 | - | 0 | -
            change at eta = 1.0 | -48 | 3 | -52 | -
            change at eta = 2.0 | -198 | 3 | -208 | -
            change at eta = 3.0 | -448 | 3 | -468 | -
            """);
    // -8 (1/4) x 2 x (20/3 + 32/5) of isotropic noise: lambda = 3, 5, c = 0.5 x 4, and
    // grad lambda . grad T = 20, 32
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival no drift of the trace: INCONCLUSIVE
            slope of the trace's change on eta^2 | -50 | - | 0 | INCONCLUSIVE
            rival half the rate: INCONCLUSIVE
            slope of the trace's change on eta^2 | -50 | - | -26 | INCONCLUSIVE
            rival twice the rate: INCONCLUSIVE
            slope of the trace's change on eta^2 | -50 | - | -104 | INCONCLUSIVE
            rival isotropic noise of the same trace: INCONCLUSIVE
            slope of the trace's change on eta^2 | -50 | - | -52.2667 | INCONCLUSIVE
            rival change proportional to eta: INCONCLUSIVE
            exponent d ln|change| / d ln eta | 2.02019 | - | 1 | INCONCLUSIVE
            """);
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            learning_rate,strength,value,standard_error,replicas,censored,flipped,theory_leading,theory_corrected,trace_before
            1.0,0.5,-48.0,3.0,11,0,0,-52.0,-51.0,16.5
            2.0,0.5,-198.0,3.0,12,0,5,-208.0,-190.0,17.5
            3.0,0.5,-448.0,3.0,13,0,0,-468.0,-470.0,18.5
            """);
    // abscissas are eta^2 over 1e-6
    assertThat(FoundText.figures(found))
        .isEqualTo(
            """
            trace-rate | Squared learning rate / 10⁻⁶ | Change of the trace
            dashed Theorem 1: (0, 0) (9000000, -468)
            dotted with the variances of the iteration: (1000000, -51) (4000000, -190) (9000000, -470)
            line best line: (0, 2) (9000000, -448)
            thin half and twice the rate: (0, 0) (9000000, -234)
            thin : (0, 0) (9000000, -936)
            thin isotropic noise: (0, 0) (9000000, -470.4)
            thin proportional to the rate: (0, 0) (4500000, -316.784) (9000000, -448)
            points SGD noise: (1000000, -48, 3) (4000000, -198, 3) (9000000, -448, 3)
            """);
  }

  @Test
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused(EXPERIMENT, run, "2/lambda = 0.3125 (lambda = 6.400)", "rates", "0.1,0.2,0.5");
    refused(EXPERIMENT, run, "lies on a kink", "start", "1,-1");
    refused(EXPERIMENT, run, "a line needs three learning rates", "rates", "0.01");
    refused(EXPERIMENT, run, "must be 2 finite numbers", "start", "1");
    refused(EXPERIMENT, run, "strength=-1: must be a number > 0", "strength", "-1");
    assertThat(run).doesNotExist();
  }
}
