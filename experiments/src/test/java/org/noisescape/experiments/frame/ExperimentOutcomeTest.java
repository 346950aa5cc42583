package org.noisescape.experiments.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Verdict;

class ExperimentOutcomeTest {
  @TempDir Path run;

  private final ExperimentOutcome outcome =
      new ExperimentOutcome(
          "mori/noise-vs-loss",
          Preset.QUICK,
          Verdict.AGREES,
          "the rule",
          List.of(
              new NamedMeasurement("slope", 0.98123, 0.0123, 1, Optional.of(Verdict.AGREES)),
              new NamedMeasurement("drift", Double.NaN, Double.NaN, Double.NaN)));

  @Test
  void fileHasTheKeysOthersRead() throws IOException {
    outcome.write(run);

    JsonNode root = new ObjectMapper().readTree(run.resolve("outcome.json").toFile());
    assertThat(root.fieldNames())
        .toIterable()
        .containsExactly("id", "preset", "verdict", "criterion", "measurements");
    JsonNode slope = root.path("measurements").get(0);
    assertThat(slope.fieldNames())
        .toIterable()
        .startsWith("name", "value", "standard_error", "theory");
    assertThat(slope.path("standard_error").asDouble()).isEqualTo(0.0123);
    assertThat(root.path("measurements").get(1).path("value").isNull()).isTrue();
    assertThat(root.path("preset").asText()).isEqualTo("quick");
  }

  @Test
  void readsBackWhatItWrote() {
    outcome.write(run);

    assertThat(ExperimentOutcome.read(run)).isEqualTo(outcome);
  }

  @Test
  void brokenFileIsOneClearLine() throws IOException {
    Files.writeString(run.resolve("outcome.json"), "{\"id\": \"x\", \"preset\": \"tiny\"}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExperimentOutcome.read(run))
        .withMessageContaining(
            "outcome.json: field 'preset' is none of the known values, got 'tiny'");
  }

  @Test
  void summaryShowsVerdictNumbersAndReport() {
    assertThat(outcome.summary(Path.of("RUN")).lines())
        .contains(
            "verdict    AGREES",
            "criterion  the rule",
            "  slope  0.981 ± 0.012  theory 1  AGREES",
            "  drift  –",
            "report     " + Path.of("RUN", "report.html"));
  }

  @Test
  void unknownExperimentSuggestsTheNearest() {
    assertThat(ExperimentCatalogue.ids())
        .contains("mori/noise-vs-loss", "mori/noise-vs-loss-ce", "meng/noise-covariance")
        .doesNotHaveDuplicates();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExperimentCatalogue.find("mori/noise-vs-los"))
        .withMessageContaining("did you mean 'mori/noise-vs-loss'?");
  }

  @Test
  void everySettingIsDescribedAndHasAValueInEveryPreset() {
    for (String id : ExperimentCatalogue.ids()) {
      Experiment experiment = ExperimentCatalogue.find(id);
      for (Preset preset : Preset.values()) {
        assertThat(experiment.defaults(preset).keySet())
            .containsExactlyInAnyOrderElementsOf(experiment.settings().keySet());
      }
    }
  }
}
