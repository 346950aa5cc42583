package org.noisescape.experiments.mori.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Requests;

class NoiseVsLossTest {
  @TempDir Path folder;

  @Test
  void tinyRunLeavesEverythingAReaderNeeds() throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome outcome = meanSquare().run(request(run, 1, Map.of()));

    assertThat(outcome.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(outcome.criterion()).contains("|slope - 1| + t SE <= 0.15");
    assertThat(ExperimentOutcome.read(run)).isEqualTo(outcome);
    for (String panel : Panel.NAMES) {
      assertThat(run.resolve(panel).resolve("metrics.jsonl")).isNotEmptyFile();
      assertThat(run.resolve("figures/" + panel + "-noise-vs-loss.svg")).isNotEmptyFile();
      assertThat(run.resolve("figures/" + panel + "-training.png")).isNotEmptyFile();
    }
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    List<String> rows = Files.readAllLines(run.resolve("tables/noise_vs_loss.csv"));
    assertThat(rows.getFirst())
        .startsWith("panel,seed,epoch,step,train_loss,train_loss_standard_error,noise_strength");
    assertThat(rows).anyMatch(row -> row.startsWith("mlp,1,4.0,8,"));
    JsonNode manifest = new ObjectMapper().readTree(run.resolve("manifest.json").toFile());
    assertThat(manifest.path("kind").asText()).isEqualTo("experiment");
    assertThat(manifest.path("settings").path("mlp-model").asText()).isEqualTo("mlp:8");
    assertThat(manifest.path("data").properties()).hasSize(4);
  }

  @Test
  void interruptedRunTrainsOnlyWhatIsMissingAndEndsTheSame() throws IOException {
    Path run = folder.resolve("run");
    ExperimentOutcome whole = meanSquare().run(request(run, 1, Map.of()));
    byte[] mlp = Files.readAllBytes(run.resolve("mlp/manifest.json"));
    String cnn = withoutTimes(run.resolve("cnn/metrics.jsonl"));
    // as a process killed in the second panel, before its first checkpoint, leaves it
    Files.delete(run.resolve("outcome.json"));
    Files.delete(run.resolve("cnn/result.json"));
    Files.delete(run.resolve("cnn/checkpoints/last.safetensors"));

    ExperimentOutcome again = meanSquare().run(request(run, 1, Map.of()));

    assertThat(again).isEqualTo(whole);
    assertThat(run.resolve("mlp/manifest.json")).hasBinaryContent(mlp);
    assertThat(withoutTimes(run.resolve("cnn/metrics.jsonl"))).isEqualTo(cnn);
    JsonNode manifest = new ObjectMapper().readTree(run.resolve("manifest.json").toFile());
    assertThat(manifest.path("resumed")).hasSize(1);
  }

  @Test
  void finishedRunIsLeftAlone() throws IOException {
    Path run = folder.resolve("run");
    Files.createDirectories(run);
    new ExperimentOutcome(
            "mori/noise-vs-loss",
            Preset.QUICK,
            Verdict.AGREES,
            "the rule",
            List.of(),
            List.of(),
            false)
        .write(run);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> meanSquare().run(request(run, 1, Map.of())))
        .withMessageContaining("holds a finished run of mori/noise-vs-loss")
        .withMessageContaining("--out");
  }

  @Test
  void interruptedRunWithOtherSettingsIsRefusedNamingThem() throws IOException {
    Path run = folder.resolve("run");
    meanSquare().run(request(run, 1, Map.of("panels", "mlp")));
    Files.delete(run.resolve("outcome.json"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> meanSquare().run(request(run, 2, Map.of("panels", "mlp"))))
        .withMessageContaining("another seed: it has 1, got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> meanSquare().run(request(run, 1, Map.of("panels", "mlp", "mlp-lr", "0.2"))))
        .withMessageContaining("settings mlp-lr: it has \"0.1\", got \"0.2\"");
  }

  @Test
  void wrongSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> meanSquare().run(request(run, 1, Map.of("cnn-batch", "300"))))
        .withMessageContaining("--set cnn-batch=300: larger than the 40 training samples");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meanSquare().run(request(run, 1, Map.of("cnn-model", "mpl:3"))))
        .withMessageContaining("unknown model 'mpl");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meanSquare().run(request(run, 1, Map.of("subset", "41"))))
        .withMessageContaining("subset must be between 1 and the 40 samples");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meanSquare().run(request(run, 1, Map.of("cnn-epoch", "3"))))
        .withMessageContaining("did you mean 'cnn-epochs'?");
    assertThat(run).doesNotExist();
  }

  @Test
  void presetsOfTheTwoLossesDifferOnlyWhereTheTextDoes() {
    Experiment crossEntropy = ExperimentCatalogue.find("mori/noise-vs-loss-ce");
    Map<String, String> mse = new LinkedHashMap<>(meanSquare().defaults(Preset.PAPER));
    Map<String, String> ce = new LinkedHashMap<>(crossEntropy.defaults(Preset.PAPER));

    assertThat(mse.remove("cnn-lr")).isEqualTo("0.1");
    assertThat(ce.remove("cnn-lr")).isEqualTo("0.05");
    assertThat(ce).isEqualTo(mse);
    assertThat(mse)
        .containsEntry("mlp-model", "mlp:2000,2000,2000")
        .containsEntry("cnn-model", "mori-cnn")
        .containsEntry("mlp-dataset", "fashion-mnist")
        .containsEntry("cnn-dataset", "cifar-10")
        .containsEntry("mlp-batch", "100")
        .containsEntry("mlp-lr", "0.1");
  }

  private static Experiment meanSquare() {
    return ExperimentCatalogue.find("mori/noise-vs-loss");
  }

  /** Both panels on a few dozen digits: seconds, far too little for a verdict. */
  private static ExperimentRequest request(Path run, long seed, Map<String, String> changed) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("dataset", "digits:train=40,test=10");
    settings.put("mlp-model", "mlp:8");
    settings.put("mlp-seeds", "2");
    settings.put("batch", "20");
    settings.put("epochs", "4");
    settings.put("every", "1epoch");
    settings.putAll(changed);
    return Requests.quick(run, settings).seed(seed).build();
  }

  /** The measurements, which repeat exactly, without the time a step took, which does not. */
  private static String withoutTimes(Path metrics) throws IOException {
    return Files.readString(metrics).replaceAll("\"(step|wall)_time_s\":[^,}]*", "");
  }
}
