package org.noisescape.experiments.wei.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.measured;
import static org.noisescape.experiments.frame.LandscapeRuns.measurement;
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

/** {@code wei/network-valley}: a tiny run, a stopped one, bad input. */
class NetworkValleyTest {
  private static final Experiment EXPERIMENT = ExperimentCatalogue.find("wei/network-valley");

  private static final String[] TINY = TinyValley.settings("replicas", "2", "batch", "2");

  @TempDir Path folder;

  @Test
  void theTraceFallsAtTheoremOnesRateAndAStoppedRunGoesOnToTheSameNumbers() {
    ExperimentOutcome whole = EXPERIMENT.run(request(folder.resolve("one"), 1, TINY));
    Path run = folder.resolve("two");
    int[] asked = {0};
    try {
      EXPERIMENT.run(request(run, 1, () -> ++asked[0] > 600, with(TINY)));
    } catch (StoppedException stopped) {
      assertThat(asked[0]).isGreaterThan(600);
    }
    assertThat(run.resolve("minima.json")).exists();
    assertThat(EXPERIMENT.run(request(run, 1, TINY))).isEqualTo(whole);

    assertThat(measurement(whole, "change of tr H / Theorem 1 at eta lambda = 0.05").value())
        .isCloseTo(1, within(0.25));
    assertThat(measured(whole, "L - L* / quadratic form at the projection, Eq. 17"))
        .isCloseTo(1, within(0.02));
    assertThat(measured(whole, "share of a nudge across the valley kept, Lemma 2"))
        .isLessThan(0.01);
    assertThat(measured(whole, "distance to the nearest minimum / that of the projection, Eq. 16"))
        .isCloseTo(1, within(0.01));
    assertThat(measured(whole, "largest loss at a projected state")).isLessThan(1e-15);
    // 2 rates, 2 networks, 3 snapshots; 3 directions
    assertThat(table(run, "network_trace")).hasSize(1 + 12);
    assertThat(table(run, "network_directions")).hasSize(1 + 12);
    assertThat(run.resolve("figures/network-trace.png")).isNotEmptyFile();
    assertThat(run.resolve("figures/network-variances.png")).isNotEmptyFile();
  }

  @Test
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused(EXPERIMENT, run, "must be at most the 8 samples", "subset", "9");
    refused(EXPERIMENT, run, "two numbers or more, all below 2", "sharpness", "0.1");
    refused(EXPERIMENT, run, "two numbers or more, all below 2", "sharpness", "0.1,2");
    refused(EXPERIMENT, run, "must be below 16, twice the samples", "batch", "16");
    refused(
        EXPERIMENT,
        run,
        "must give more parameters than the 8 samples",
        "dataset",
        "digits:train=8,test=0,size=1",
        "width",
        "1");
    assertThat(run).doesNotExist();
  }
}
