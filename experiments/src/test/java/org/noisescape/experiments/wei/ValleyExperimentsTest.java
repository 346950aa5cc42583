package org.noisescape.experiments.wei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.measurement;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.table;
import static org.noisescape.experiments.frame.LandscapeRuns.with;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.dynamics.landscape.Valley;
import org.noisescape.dynamics.landscape.ValleyNoise;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.fit.WeightedLine;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.wei.tracedeterminant.FallCriterion;
import org.noisescape.experiments.wei.tracerate.TraceCriterion;
import org.noisescape.experiments.wei.tracerate.TracePoint;

/** The toy valleys: tiny runs, the averaged drift, criteria, bad input. */
class ValleyExperimentsTest {
  private static final String[] RATE = {
    "rates", "0.004,0.007,0.01", "settle", "300", "steps", "100", "replicas", "40"
  };
  private static final String[] SPECTRUM = {"steps", "200", "window", "20", "replicas", "30"};
  private static final String[] FORCE = {
    "lr", "0.1", "slopes", "0.001,0.002", "relaxations", "20", "replicas", "20"
  };

  @TempDir Path folder;

  @Test
  void traceFallsByTheoremOneWithinTheErrorsOfATinyRun() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome =
        ExperimentCatalogue.find("wei/trace-rate").run(request(run, 2, RATE));
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
    var experiment = ExperimentCatalogue.find("wei/trace-rate");
    ExperimentOutcome whole = experiment.run(request(folder.resolve("one"), 1, RATE));
    Path run = folder.resolve("two");
    int[] asked = {0};
    ExperimentOutcome partial = experiment.run(request(run, 2, () -> ++asked[0] > 3, with(RATE)));
    assertThat(partial.partial()).isTrue();
    assertThat(partial.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(partial.measurements()).isEmpty();
    assertThat(experiment.run(request(run, 2, RATE))).isEqualTo(whole);
  }

  @Test
  void spectrumRunLeavesTraceAndDeterminantOfBothNoises() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome =
        ExperimentCatalogue.find("wei/trace-determinant").run(request(run, 2, SPECTRUM));
    assertThat(table(run, "trace_determinant")).hasSize(1 + 2 * 101 * 2);
    assertThat(run.resolve("figures/determinant.png")).isNotEmptyFile();
    var rate = measurement(outcome, "SGD noise: initial change");
    // −(η²/4) s |∇T|², ∇T = 4(e^−½ − e^−1)(1, −1) at (½, −½)
    double slope = 4 * (Math.exp(-0.5) - Math.exp(-1));
    assertThat(rate.theory()).isCloseTo(-1e-4 * 0.2 * 2 * slope * slope, within(1e-12));
  }

  @Test
  void forceRunBalancesWhereEquationThirtyEightSays() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome =
        ExperimentCatalogue.find("wei/entropic-force").run(request(run, 2, FORCE));
    var mean = measurement(outcome, "mean theta_2 with noise, alpha = 0.002");
    assertThat(mean.theory()).isCloseTo(-0.04, within(1e-15));
    // leading order in ηλ/2 = .05
    assertThat(mean.value()).isCloseTo(-0.04, within(0.04 * 0.1 + 4 * mean.standardError()));
    assertThat(table(run, "entropic_force")).hasSize(1 + 3);
    assertThat(measurement(outcome, "drift of theta_2").value()).isCloseTo(-1e-4, within(1e-6));
  }

  @Test
  void averagedDriftRestsWhereTheForcesBalance() {
    double eta = 0.05;
    Valley valley = Valley.inclined(1e-3);
    ValleyDrift drift = new ValleyDrift(valley, ValleyNoise.aligned(valley, 1), eta);
    double[] end = drift.after(new double[] {3, 0.1}, 100_000);
    // ηsθ₂/(2 − ηλ) + α = 0 with λ = 1 + θ₂²
    double lambda = 1 + end[1] * end[1];
    assertThat(end[1]).isCloseTo(-1e-3 * (2 - eta * lambda) / eta, within(1e-12));
    assertThat(end[0]).isZero();
  }

  @Test
  void criteriaJudgeByTheirTolerances() {
    TracePoint point = new TracePoint(0.01, -1.3, 0.01, 16, -1.3, 100, 0);
    TracePoint flipped = new TracePoint(0.01, -1.3, 0.01, 16, -1.3, 100, 1);
    WeightedLine line = new WeightedLine(0, 0.01, -13_600, 100, 1, 4);
    assertThat(TraceCriterion.judge(List.of(point), line, -13_000)).isEqualTo(Verdict.AGREES);
    assertThat(TraceCriterion.judge(List.of(flipped), line, -13_000))
        .isEqualTo(Verdict.INCONCLUSIVE);
    WeightedLine steep = new WeightedLine(0, 0.01, -14_000, 100, 1, 4);
    assertThat(TraceCriterion.judge(List.of(point), steep, -13_000)).isEqualTo(Verdict.DISAGREES);
    WeightedLine loose = new WeightedLine(0, 0.01, -13_000, 700, 1, 4);
    assertThat(TraceCriterion.judge(List.of(point), loose, -13_000))
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(FallCriterion.falls(-1, 0.1)).isEqualTo(Verdict.AGREES);
    assertThat(FallCriterion.falls(1, 0.1)).isEqualTo(Verdict.DISAGREES);
    assertThat(FallCriterion.falls(-1, 0.3)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(FallCriterion.rate(-1.1, 0.01, -1)).isEqualTo(Verdict.AGREES);
    assertThat(FallCriterion.rate(-1.3, 0.01, -1)).isEqualTo(Verdict.DISAGREES);
    assertThat(FallCriterion.rate(Double.NaN, 0.01, -1)).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused("wei/trace-rate", run, "2/lambda = 0.4000 (lambda = 5.000)", "rates", "0.1,0.2,0.5");
    refused("wei/trace-rate", run, "lies on a kink", "start", "1,-1");
    refused("wei/trace-rate", run, "a line needs three learning rates", "rates", "0.01");
    refused("wei/trace-rate", run, "must be 2 finite numbers", "start", "1");
    refused("wei/trace-rate", run, "strength=-1: must be a number > 0", "strength", "-1");
    refused("wei/trace-determinant", run, "2/lambda = 0.2500 (lambda = 8.000)", "lr", "0.3");
    refused("wei/trace-determinant", run, "variance=-1: must be a number > 0", "variance", "-1");
    refused("wei/trace-determinant", run, "must be a multiple of 100", "steps", "150");
    refused("wei/trace-determinant", run, "between snapshots", "window", "7");
    refused("wei/entropic-force", run, "descent diverges", "lr", "2.5");
    refused("wei/entropic-force", run, "slopes=0: must be different numbers > 0", "slopes", "0");
    assertThat(run).doesNotExist();
  }

  private static void refused(String id, Path run, String message, String... changed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExperimentCatalogue.find(id).run(request(run, 1, changed)))
        .withMessageContaining(message);
  }
}
