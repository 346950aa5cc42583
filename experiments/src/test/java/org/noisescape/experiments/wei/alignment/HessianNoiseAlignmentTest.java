package org.noisescape.experiments.wei.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.assertGoesOn;
import static org.noisescape.experiments.frame.LandscapeRuns.assertPresetsAreWhole;
import static org.noisescape.experiments.frame.LandscapeRuns.measured;
import static org.noisescape.experiments.frame.LandscapeRuns.refused;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.Preset;

/** {@code wei/alignment}: tiny runs, bad input. */
class HessianNoiseAlignmentTest {
  private static final Experiment EXPERIMENT = ExperimentCatalogue.find("wei/alignment");

  private static final String[] ALIGNMENT = {
    "dataset", "digits:train=40,test=0,size=4",
    "model", "mlp:3",
    "batch", "20",
    "at", "0,2,10",
    "seeds", "2"
  };

  @TempDir Path folder;

  @Test
  void quickAndStandardMeasureThreeTimesBeyondTenEpochsOfTheText() {
    requireThree(Preset.QUICK, 20);
    // 10,000 pictures in mini-batches of 512
    requireThree(Preset.STANDARD, 19);
  }

  private static void requireThree(Preset preset, long steps) {
    assertThat(EXPERIMENT.defaults(preset).get("at").split(","))
        .filteredOn(epoch -> Long.parseLong(epoch) * steps >= AlignmentCriterion.FROM_STEP)
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void tinyAlignmentLeavesEverythingAReaderNeeds() throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome outcome = run(run, ALIGNMENT);

    assertThat(outcome.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(outcome.criterion()).contains("|CS - 1| + t SE <= 0.1").contains("from step 970 on");
    assertThat(ExperimentOutcome.read(run)).isEqualTo(outcome);
    for (String panel : AlignmentPanel.NAMES) {
      assertThat(run.resolve("figures/" + panel + "-alignment.svg")).isNotEmptyFile();
      assertThat(run.resolve("figures/" + panel + "-training.png")).isNotEmptyFile();
    }
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(run.resolve("measured/mse-seed1-turned.json")).isNotEmptyFile();
    assertThat(run.resolve("measured/ce-seed1-turned.json")).doesNotExist();
    assertThat(measured(outcome, "mse CS with residuals turned at random")).isBetween(0.1, 1.0);
    List<String> rows = Files.readAllLines(run.resolve("tables/alignment.csv"));
    assertThat(rows.getFirst()).startsWith("panel,seed,epoch,step,loss,cs,cs_centred");
    assertThat(rows).hasSize(1 + 2 * 2 * 3);
    // mean of the two seeds' column cs
    assertThat(measured(outcome, "ce CS at epoch 10"))
        .isCloseTo(
            rows.stream()
                .filter(row -> row.matches("ce,[01],10,.*"))
                .mapToDouble(row -> Double.parseDouble(row.split(",")[5]))
                .average()
                .orElseThrow(),
            within(1e-15));
  }

  @Test
  void randomVectorsEstimateTheExactAlignment() {
    String[] exact = with(ALIGNMENT, "panels", "ce");
    ExperimentOutcome truth = run(folder.resolve("exact"), exact);
    ExperimentOutcome estimate = run(folder.resolve("estimate"), with(exact, "vectors", "2000"));

    // 83 parameters of few effective dimensions: 2000 vectors leave a percent or two
    assertThat(measured(estimate, "ce CS at epoch 10"))
        .isCloseTo(measured(truth, "ce CS at epoch 10"), within(0.05));
  }

  @Test
  void interruptedExperimentMeasuresOnlyWhatIsMissingAndEndsTheSame() throws IOException {
    assertGoesOn(EXPERIMENT, folder, ALIGNMENT);
  }

  @Test
  void wrongSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("refused");
    refused(
        EXPERIMENT,
        run,
        "at=0.5: must be different whole numbers >= 0",
        with(ALIGNMENT, "at", "0.5"));
    refused(EXPERIMENT, run, "larger than the 40", with(ALIGNMENT, "batch", "41"));
    refused(EXPERIMENT, run, "did you mean 'ce-lr'?", with(ALIGNMENT, "ce-lt", "1"));
    assertThat(run).doesNotExist();
  }

  @Test
  void paperPresetHasTheSizesOfTheText() {
    assertThat(EXPERIMENT.defaults(Preset.PAPER))
        .containsEntry("dataset", "cifar-10:grey,size=7")
        .containsEntry("model", "mlp:70")
        .containsEntry("ce-lr", "0.001")
        .containsEntry("mse-lr", "0.1")
        .containsEntry("batch", "512")
        .containsEntry("vectors", "all");
    assertPresetsAreWhole(EXPERIMENT);
  }

  private static ExperimentOutcome run(Path run, String... settings) {
    return EXPERIMENT.run(request(run, 1, settings));
  }
}
