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
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.PointEstimate;
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
              slope(1, new Judgement(Verdict.AGREES, 1, 4, 0.15, 0.184)),
              new NamedMeasurement("drift", Double.NaN, Double.NaN, Double.NaN)),
          List.of(
              new Rival(
                  "slope 2",
                  Verdict.DISAGREES,
                  List.of(slope(2, new Judgement(Verdict.DISAGREES, 1e-6, 4, 0.15, 0.184))))),
          false);

  private static NamedMeasurement slope(double theory, Judgement judgement) {
    return new NamedMeasurement("slope", 0.98123, 0.0123, theory, Optional.of(judgement));
  }

  @Test
  void fileHasTheKeysOthersRead() throws IOException {
    outcome.write(run);

    JsonNode root = new ObjectMapper().readTree(run.resolve("outcome.json").toFile());
    assertThat(root.fieldNames())
        .toIterable()
        .containsExactly("id", "preset", "verdict", "criterion", "measurements", "rivals");
    JsonNode slope = root.path("measurements").get(0);
    assertThat(slope.fieldNames())
        .toIterable()
        .containsExactly(
            "name",
            "value",
            "standard_error",
            "theory",
            "verdict",
            "degrees_of_freedom",
            "p_value",
            "tolerance",
            "noticed");
    JsonNode rival = root.path("rivals").get(0);
    assertThat(rival.fieldNames()).toIterable().containsExactly("name", "verdict", "measurements");
    assertThat(rival.path("measurements").get(0).path("theory").asInt()).isEqualTo(2);
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
  void readsBackWhatHasNoErrorOrOneAsGoodAsKnown() {
    double all = Double.POSITIVE_INFINITY;
    Measurements numbers =
        new Measurements()
            .judged("exact", PointEstimate.exact(1), Criterion.within(1, 0.15))
            .judged("known", new PointEstimate(1, 0.01, all), Criterion.within(1, 0.15))
            .judged("unknown", PointEstimate.unknown(1), Criterion.within(1, 0.15));
    ExperimentOutcome written =
        new ExperimentOutcome(
            "id", Preset.QUICK, Verdict.AGREES, "rule", numbers.list(), List.of(), false);
    written.write(run);

    assertThat(ExperimentOutcome.read(run)).isEqualTo(written);
  }

  @Test
  void aTheoryAgreesOnlyWhereEveryRivalIsExcluded() {
    Measurements one = new Measurements().judged("slope", estimate(), Criterion.within(1, 0.15));
    Measurements near = new Measurements().judged("slope", estimate(), Criterion.within(1.1, 0.15));
    Measurements far = new Measurements().judged("slope", estimate(), Criterion.within(2, 0.15));

    assertThat(Findings.of(one).rival("2", far).verdict()).isEqualTo(Verdict.AGREES);
    Findings undecided = Findings.of(one).rival("2", far).rival("1.1", near);
    assertThat(undecided.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(Findings.of(far).rival("1", one).verdict()).isEqualTo(Verdict.DISAGREES);
    ExperimentOutcome told =
        new ExperimentOutcome(
            "a/b",
            Preset.QUICK,
            undecided.verdict(),
            "the rule",
            undecided.measurements(),
            undecided.rivals(),
            false);
    assertThat(told.summary(Path.of("RUN")))
        .contains("verdict    INCONCLUSIVE: cannot tell the theory from 1.1");
    assertThat(outcome.undecided()).isEmpty();
  }

  private static PointEstimate estimate() {
    return new PointEstimate(1, 0.01, 100);
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
            "rival      slope 2  DISAGREES",
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
