package org.noisescape.experiments.meng.escapetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.measurement;
import static org.noisescape.experiments.frame.LandscapeRuns.refused;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.settings;
import static org.noisescape.experiments.frame.LandscapeRuns.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;

/** {@code meng/escape-time}: a tiny run, the law of growth, bad input. */
class EscapeTimeTest {
  private static final Experiment EXPERIMENT = ExperimentCatalogue.find("meng/escape-time");

  private static final String[] TIME = {
    "barriers",
    "1,1.5,2",
    "langevin-barriers",
    "0.5,1,1.5",
    "dimensions",
    "1,2",
    "replicas",
    "12",
    "epsilon-replicas",
    "200"
  };

  @TempDir Path folder;

  @Test
  void timeRunComparesWithQuadratureAndFormulas() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome = EXPERIMENT.run(request(run, 2, TIME));
    List<String> rows = table(run, "escape_time");
    // 3 barriers for each of 4 dynamics, 3 at fixed width, 2 numbers of wells
    assertThat(rows).hasSize(1 + 12 + 3 + 2);
    assertThat(rows.getFirst()).contains("replicas,censored");
    // twelve replicas
    assertThat(outcome.verdict()).isNotEqualTo(Verdict.AGREES);
    var top = measurement(outcome, "Langevin, barrier 1.5: time to the top over");
    assertThat(top.value()).isBetween(0.4, 0.5);
    assertThat(run.resolve("figures/escape-time.png")).isNotEmptyFile();
  }

  @Test
  void growthIsTheLawWithTheSmallerChiSquare() {
    EscapeTime.Plan plan = new EscapeTime().plan(settings(EXPERIMENT));
    List<WellPassage> power = new ArrayList<>();
    List<WellPassage> exponential = new ArrayList<>();
    for (double barrier : new double[] {1, 2, 4, 8}) {
      power.add(passage(plan, barrier, Math.pow(1 + 0.8 * barrier, 2.5)));
      exponential.add(passage(plan, barrier, Math.exp(2 * barrier)));
    }
    GrowthLaw law = GrowthLaw.of(power, 0.8);
    assertThat(law.power().slope()).isCloseTo(2.5, within(1e-12));
    assertThat(law.power().chiSquare()).isCloseTo(0, within(1e-18));
    assertThat(law.isPower()).isEqualTo(Verdict.AGREES);
    assertThat(law.isExponential()).isEqualTo(Verdict.DISAGREES);
    assertThat(GrowthLaw.of(exponential, 0.8).isExponential()).isEqualTo(Verdict.AGREES);
  }

  @Test
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused(EXPERIMENT, run, "alpha=2: must be in (0, 2)", "alpha", "2");
    refused(EXPERIMENT, run, "needs eta mu < 4", "growth", "4");
    refused(EXPERIMENT, run, "takes three barriers or more", "barriers", "1,2");
    refused(EXPERIMENT, run, "descent diverges", "dt", "0.5");
    refused(EXPERIMENT, run, "kappa must be below 2/3", "kappa", "0.7");
    assertThat(run).doesNotExist();
  }

  private static WellPassage passage(EscapeTime.Plan plan, double barrier, double time) {
    var mean =
        new MeanPassageTime(
            time, 0.05 * time, 0, 2 * time, 400, 0, MeanPassageTime.Method.SAMPLE_MEAN, true);
    return new WellPassage(
        WellDynamics.POWER_LAW_ITO, plan.well(barrier), 1, mean, mean, null, time, time, time);
  }
}
