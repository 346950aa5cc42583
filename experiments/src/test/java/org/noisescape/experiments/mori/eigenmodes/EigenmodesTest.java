package org.noisescape.experiments.mori.eigenmodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.datasets.DataLocation;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Requests;
import org.noisescape.runs.ProgressListener;

class EigenmodesTest {
  @TempDir Path folder;

  @Test
  void tinyRunLeavesEverythingAndGoesOnWhereItWasInterrupted() throws IOException {
    Path run = folder.resolve("run");
    ExperimentOutcome whole = experiment().run(request(run, Map.of()));

    assertThat(ExperimentOutcome.read(run)).isEqualTo(whole);
    assertThat(run.resolve("figures/inside-share.svg")).isNotEmptyFile();
    assertThat(Files.readAllLines(run.resolve("tables/modes.csv"))).hasSize(1 + 2 * 3);
    assertThat(Files.readAllLines(run.resolve("tables/snapshots.csv"))).hasSize(1 + 2 * 4);

    byte[] kept = Files.readAllBytes(run.resolve("modes/seed-0.json"));
    Files.delete(run.resolve("outcome.json"));
    Files.delete(run.resolve("modes/seed-1.json"));
    Files.delete(run.resolve("ensembles/seed-1.safetensors"));
    assertThat(experiment().run(request(run, Map.of()))).isEqualTo(whole);
    assertThat(run.resolve("modes/seed-0.json")).hasBinaryContent(kept);
  }

  @Test
  void wrongSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(request(run, Map.of("every", "50"))))
        .withMessageContaining("--set steps=20")
        .withMessageContaining("50 between two snapshots");
    assertThat(run).doesNotExist();
  }

  private static Experiment experiment() {
    return ExperimentCatalogue.find("mori/eigenmodes");
  }

  private static ExperimentRequest request(Path run, Map<String, String> changed) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("dataset", "digits:train=60,test=0");
    settings.put("model", "mlp:2");
    settings.put("batch", "20");
    settings.put("seeds", "2");
    settings.put("iterations", "9");
    settings.put("modes", "3");
    settings.put("spread-batch", "5");
    settings.put("replicas", "4");
    settings.put("steps", "20");
    settings.put("every", "5");
    settings.putAll(changed);
    return Requests.of(
        Preset.QUICK,
        settings,
        Optional.empty(),
        DataLocation.of(Optional.empty(), Map.of()),
        "auto",
        1,
        1,
        run,
        ProgressListener.SILENT);
  }
}
