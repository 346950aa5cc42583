package org.noisescape.experiments.wei.entropicforce;

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
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;

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
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused(EXPERIMENT, run, "descent diverges", "lr", "2.5");
    refused(EXPERIMENT, run, "slopes=0: must be different numbers > 0", "slopes", "0");
    assertThat(run).doesNotExist();
  }
}
