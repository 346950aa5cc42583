package org.noisescape.experiments.mori.eigenmodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.experiments.frame.LandscapeRuns.refused;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;

class EigenmodesTest {
  private static final String[] TINY = {
    "dataset", "digits:train=60,test=0",
    "model", "mlp:2",
    "batch", "20",
    "seeds", "2",
    "iterations", "9",
    "modes", "3",
    "spread-batch", "5",
    "replicas", "4",
    "steps", "20",
    "every", "5"
  };

  @TempDir Path folder;

  @Test
  void tinyRunLeavesEverythingAndGoesOnWhereItWasInterrupted() throws IOException {
    Path run = folder.resolve("run");
    ExperimentOutcome whole = experiment().run(request(run, 1, TINY));

    assertThat(ExperimentOutcome.read(run)).isEqualTo(whole);
    assertThat(run.resolve("figures/inside-share.svg")).isNotEmptyFile();
    assertThat(Files.readAllLines(run.resolve("tables/modes.csv"))).hasSize(1 + 2 * 3);
    assertThat(Files.readAllLines(run.resolve("tables/snapshots.csv"))).hasSize(1 + 2 * 4);

    byte[] kept = Files.readAllBytes(run.resolve("modes/seed-0.json"));
    Files.delete(run.resolve("outcome.json"));
    Files.delete(run.resolve("modes/seed-1.json"));
    Files.delete(run.resolve("ensembles/seed-1.safetensors"));
    assertThat(experiment().run(request(run, 1, TINY))).isEqualTo(whole);
    assertThat(run.resolve("modes/seed-0.json")).hasBinaryContent(kept);
  }

  @Test
  void wrongSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused(experiment(), run, "--set steps=20", with(TINY, "every", "50"));
    refused(experiment(), run, "50 between two snapshots", with(TINY, "every", "50"));
    assertThat(run).doesNotExist();
  }

  private static Experiment experiment() {
    return ExperimentCatalogue.find("mori/eigenmodes");
  }
}
