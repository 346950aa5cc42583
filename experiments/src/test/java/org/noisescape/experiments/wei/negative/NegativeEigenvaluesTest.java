package org.noisescape.experiments.wei.negative;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.noisescape.experiments.wei.LossFloor;

/** {@code wei/negative-eigenvalues}: tiny runs, bad input. */
class NegativeEigenvaluesTest {
  private static final Experiment EXPERIMENT = ExperimentCatalogue.find("wei/negative-eigenvalues");

  private static final String[] NEGATIVE = {
    "dataset", "digits:train=20,test=0,size=4",
    "subset", "20",
    "model", "mlp:3",
    "gd-epochs", "50",
    "batches", "5,10",
    "rates", "0.05,0.2",
    "sgd-epochs", "6",
    "states", "2",
    "state-every", "2",
    "descent-epochs", "32",
    "seeds", "2"
  };

  @TempDir Path folder;

  @Test
  void tinyNegativeEigenvaluesLeaveEverythingAReaderNeeds() throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome outcome = run(run, NEGATIVE);

    assertThat(outcome.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(outcome.criterion()).contains("L* the entropy of the smoothed targets");
    assertThat(ExperimentOutcome.read(run)).isEqualTo(outcome);
    for (String figure : List.of("negative-sum", "negative-sum-log", "flow-time", "training")) {
      assertThat(run.resolve("figures/" + figure + ".svg")).isNotEmptyFile();
    }
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(Files.readAllLines(run.resolve("tables/states.csv")))
        .hasSize(1 + 2 + 6 * 2 + 4 * 2 * 2);
    assertThat(Files.readAllLines(run.resolve("tables/runs.csv"))).hasSize(1 + 2 + 6 * 2 + 4 * 2);
    assertThat(Files.readAllLines(run.resolve("tables/lines.csv"))).hasSize(3);
    assertThat(measured(outcome, "L*, entropy of the targets")).isEqualTo(LossFloor.of(0.1, 10));
  }

  @Test
  void interruptedExperimentMeasuresOnlyWhatIsMissingAndEndsTheSame() throws IOException {
    assertGoesOn(EXPERIMENT, folder, NEGATIVE);
  }

  @Test
  void everyRunOfSgdBeginsAtTheMinimumOfItsSeed() throws IOException {
    Path run = folder.resolve("run");
    run(run, NEGATIVE);

    List<String> descent = Files.readAllLines(run.resolve("descent/metrics.jsonl"));
    List<String> sgd = Files.readAllLines(run.resolve("b5-lr0.2/metrics.jsonl"));
    for (int seed = 0; seed < 2; seed++) {
      String end = descent.get(descent.size() - 2 + seed);
      assertThat(loss(sgd.get(seed))).isEqualTo(loss(end));
    }
    assertThat(loss(sgd.get(0))).isNotEqualTo(loss(sgd.get(1)));
  }

  @Test
  void wrongSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("refused");
    refused(EXPERIMENT, run, "up to the 20", with(NEGATIVE, "batches", "5,21"));
    refused(EXPERIMENT, run, "must divide", with(NEGATIVE, "state-every", "4"));
    refused(EXPERIMENT, run, "must hold states=4", with(NEGATIVE, "states", "4"));
    refused(EXPERIMENT, run, "must be a multiple of 32", with(NEGATIVE, "descent-epochs", "33"));
    refused(EXPERIMENT, run, "in [0, 1)", with(NEGATIVE, "smoothing", "1"));
    assertThat(run).doesNotExist();
  }

  @Test
  void paperPresetHasTheSizesOfTheText() {
    assertThat(EXPERIMENT.defaults(Preset.PAPER))
        .containsEntry("dataset", "mnist:size=14")
        .containsEntry("subset", "500")
        .containsEntry("model", "mlp:30")
        .containsEntry("gd-lr", "0.1")
        .containsEntry("gd-epochs", "10000");
    assertPresetsAreWhole(EXPERIMENT);
  }

  private static ExperimentOutcome run(Path run, String... settings) {
    return EXPERIMENT.run(request(run, 1, settings));
  }

  private static String loss(String line) {
    return line.replaceFirst(".*\"train_loss\":([^,}]*).*", "$1");
  }
}
