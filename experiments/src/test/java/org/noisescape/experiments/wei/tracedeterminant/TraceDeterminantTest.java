package org.noisescape.experiments.wei.tracedeterminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.measurement;
import static org.noisescape.experiments.frame.LandscapeRuns.refused;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.table;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;

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
    refused(EXPERIMENT, run, "2/lambda = 0.2500 (lambda = 8.000)", "lr", "0.3");
    refused(EXPERIMENT, run, "variance=-1: must be a number > 0", "variance", "-1");
    refused(EXPERIMENT, run, "must be a multiple of 100", "steps", "150");
    refused(EXPERIMENT, run, "between snapshots", "window", "7");
    assertThat(run).doesNotExist();
  }
}
