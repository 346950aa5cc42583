package org.noisescape.experiments.wei.timescales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Requests;

class TimescalesTest {
  @TempDir Path folder;

  @Test
  void tinyRunLeavesEverythingAReaderNeeds() throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome outcome = run(run, Map.of());

    assertThat(outcome.criterion()).contains("|O_L/O_R - 1| over the later half");
    assertThat(ExperimentOutcome.read(run)).isEqualTo(outcome);
    for (String figure : List.of("stationarity", "sides", "training")) {
      assertThat(run.resolve("figures/" + figure + ".svg")).isNotEmptyFile();
    }
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    List<String> rows = Files.readAllLines(run.resolve("tables/stationarity.csv"));
    assertThat(rows.getFirst()).startsWith("seed,step,epoch,train_loss,full_left,full_right");
    // two seeds, epochs 0 to 3
    assertThat(rows).hasSize(1 + 2 * 4).anyMatch(row -> row.startsWith("1,6,3.0,"));
    assertThat(Files.readAllLines(run.resolve("tables/curves.csv")))
        .anyMatch(row -> row.startsWith("top,3.0,"));
  }

  @Test
  void interruptedRunGoesOnToTheSameEnd() throws IOException {
    Path run = folder.resolve("run");
    ExperimentOutcome whole = run(run, Map.of());
    Files.delete(run.resolve("outcome.json"));
    Files.delete(run.resolve("training/result.json"));
    Files.delete(run.resolve("training/checkpoints/last.safetensors"));

    assertThat(run(run, Map.of())).isEqualTo(whole);
  }

  @Test
  void wrongSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(run, Map.of("batch", "300")))
        .withMessageContaining("--set batch=300: larger than the 40 training samples");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(run, Map.of("tops", "3")))
        .withMessageContaining("did you mean 'top'?");
    assertThat(run).doesNotExist();
  }

  @Test
  void thePaperPresetHasTheTextsNetworkOnAllOfItsData() {
    assertThat(ExperimentCatalogue.find("wei/timescales").defaults(Preset.PAPER))
        .containsEntry("model", "wei-cnn")
        .containsEntry("dataset", "cifar-10")
        .containsEntry("subset", "all")
        .containsEntry("epochs", "50")
        .containsEntry("top", "1");
  }

  private static ExperimentOutcome run(Path run, Map<String, String> changed) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("dataset", "digits:train=40,test=10");
    settings.put("model", "mlp:5");
    settings.put("epochs", "3");
    settings.put("seeds", "2");
    settings.putAll(changed);
    return ExperimentCatalogue.find("wei/timescales").run(Requests.quick(run, settings).build());
  }
}
