package org.noisescape.experiments.wei.designed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.measured;
import static org.noisescape.experiments.frame.LandscapeRuns.refused;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.table;
import static org.noisescape.experiments.frame.LandscapeRuns.with;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.wei.TinyValley;
import org.noisescape.linop.StoppedException;

/** {@code wei/designed-noise}: a tiny run, a stopped one, bad input. */
class DesignedNoiseTest {
  private static final Experiment EXPERIMENT = ExperimentCatalogue.find("wei/designed-noise");

  private static final String[] TINY = TinyValley.settings("replicas", "4");

  @TempDir Path folder;

  @Test
  void everyNoiseLowersItsQuantityAndAStoppedRunGoesOnToTheSameNumbers() {
    ExperimentOutcome whole = EXPERIMENT.run(request(folder.resolve("one"), 1, TINY));
    Path run = folder.resolve("two");
    int[] asked = {0};
    try {
      EXPERIMENT.run(request(run, 1, () -> ++asked[0] > 900, with(TINY)));
    } catch (StoppedException stopped) {
      assertThat(asked[0]).isGreaterThan(900);
    }
    assertThat(run.resolve("minima.json")).exists();
    assertThat(EXPERIMENT.run(request(run, 1, TINY))).isEqualTo(whole);
    assertThat(measured(whole, "SGD noise: change of the trace / Theorem 2"))
        .isCloseTo(1, within(0.4));
    assertThat(measured(whole, "isotropic noise: change of the log determinant / Theorem 2"))
        .isCloseTo(1, within(0.4));
    // 4 noises, 2 networks, 4 quantities, 3 snapshots
    assertThat(table(run, "designed_noise")).hasSize(1 + 96);
    assertThat(run.resolve("figures/designed-log-determinant.png")).isNotEmptyFile();
  }

  @Test
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused(EXPERIMENT, run, "must be at most the 8 samples", "subset", "9");
    refused(EXPERIMENT, run, "must be below 2", "sharpness", "2");
    assertThat(run).doesNotExist();
  }
}
