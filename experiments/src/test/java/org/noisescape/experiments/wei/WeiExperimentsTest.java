package org.noisescape.experiments.wei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.datasets.DataLocation;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.wei.alignment.AlignmentPanel;
import org.noisescape.runs.ProgressListener;

class WeiExperimentsTest {
  private static final Map<String, String> ALIGNMENT =
      Map.of(
          "dataset", "digits:train=40,test=0,size=4",
          "model", "mlp:3",
          "batch", "20",
          "at", "0,2,10",
          "seeds", "2");
  private static final Map<String, String> NEGATIVE =
      Map.of(
          "dataset", "digits:train=20,test=0,size=4",
          "subset", "20",
          "model", "mlp:3",
          "gd-epochs", "50",
          "batches", "5,10",
          "rates", "0.05,0.2",
          "sgd-epochs", "6",
          "states", "2",
          "state-every", "2",
          "seeds", "2");

  @TempDir Path folder;

  @Test
  void tinyAlignmentLeavesEverythingAReaderNeeds() throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome outcome = run("wei/alignment", run, ALIGNMENT);

    assertThat(outcome.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(outcome.criterion()).contains("> 0.9 - 2 SE").contains("from epoch 10 on");
    assertThat(ExperimentOutcome.read(run)).isEqualTo(outcome);
    for (String panel : AlignmentPanel.NAMES) {
      assertThat(run.resolve("figures/" + panel + "-alignment.svg")).isNotEmptyFile();
      assertThat(run.resolve("figures/" + panel + "-training.png")).isNotEmptyFile();
    }
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    List<String> rows = Files.readAllLines(run.resolve("tables/alignment.csv"));
    assertThat(rows.getFirst()).startsWith("panel,seed,epoch,loss,cs,cs_centred");
    assertThat(rows).hasSize(1 + 2 * 2 * 3);
    assertThat(measured(outcome, "ce CS at epoch 10")).isBetween(-1.0, 1.0);
  }

  @Test
  void randomVectorsEstimateTheExactAlignment() {
    Map<String, String> exact = with(ALIGNMENT, "panels", "ce");
    ExperimentOutcome truth = run("wei/alignment", folder.resolve("exact"), exact);
    ExperimentOutcome estimate =
        run("wei/alignment", folder.resolve("estimate"), with(exact, "vectors", "2000"));

    // 83 parameters of few effective dimensions: 2000 vectors leave a percent or two
    assertThat(measured(estimate, "ce CS at epoch 10"))
        .isCloseTo(measured(truth, "ce CS at epoch 10"), within(0.05));
  }

  @Test
  void tinyNegativeEigenvaluesLeaveEverythingAReaderNeeds() throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome outcome = run("wei/negative-eigenvalues", run, NEGATIVE);

    assertThat(outcome.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(outcome.criterion()).contains("L* the entropy of the smoothed targets");
    assertThat(ExperimentOutcome.read(run)).isEqualTo(outcome);
    for (String figure : List.of("negative-sum", "negative-sum-log", "flow-time", "training")) {
      assertThat(run.resolve("figures/" + figure + ".svg")).isNotEmptyFile();
    }
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(Files.readAllLines(run.resolve("tables/states.csv"))).hasSize(1 + 2 + 4 * 2 * 2);
    assertThat(Files.readAllLines(run.resolve("tables/runs.csv"))).hasSize(1 + 2 + 4 * 2);
    assertThat(Files.readAllLines(run.resolve("tables/lines.csv"))).hasSize(3);
    assertThat(measured(outcome, "L*, entropy of the targets")).isEqualTo(LossFloor.of(0.1, 10));
  }

  @Test
  void interruptedExperimentsMeasureOnlyWhatIsMissingAndEndTheSame() throws IOException {
    for (String id : List.of("wei/alignment", "wei/negative-eigenvalues")) {
      Path run = folder.resolve(id.replace('/', '-'));
      Map<String, String> settings = id.equals("wei/alignment") ? ALIGNMENT : NEGATIVE;
      ExperimentOutcome whole = run(id, run, settings);
      Files.delete(run.resolve("outcome.json"));
      Path lost;
      try (var files = Files.list(run.resolve("measured"))) {
        lost = files.sorted().toList().getLast();
      }
      Files.delete(lost);
      Path moved = Files.move(run, folder.resolve("moved-" + run.getFileName()));

      assertThat(run(id, moved, settings)).isEqualTo(whole);
      assertThat(moved.resolve("measured").resolve(lost.getFileName())).exists();
    }
  }

  @Test
  void everyRunOfSgdBeginsAtTheMinimumOfItsSeed() throws IOException {
    Path run = folder.resolve("run");
    run("wei/negative-eigenvalues", run, NEGATIVE);

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
    refused("wei/alignment", with(ALIGNMENT, "at", "0.5"), "whole numbers of epochs");
    refused("wei/alignment", with(ALIGNMENT, "batch", "41"), "larger than the 40");
    refused("wei/alignment", with(ALIGNMENT, "ce-lt", "1"), "did you mean 'ce-lr'?");
    refused("wei/negative-eigenvalues", with(NEGATIVE, "batches", "5,21"), "up to the 20");
    refused("wei/negative-eigenvalues", with(NEGATIVE, "state-every", "4"), "must divide");
    refused("wei/negative-eigenvalues", with(NEGATIVE, "states", "4"), "must hold states=4");
    refused("wei/negative-eigenvalues", with(NEGATIVE, "smoothing", "1"), "in [0, 1)");
  }

  @Test
  void paperPresetsHaveTheSizesOfTheText() {
    assertThat(ExperimentCatalogue.find("wei/negative-eigenvalues").defaults(Preset.PAPER))
        .containsEntry("dataset", "mnist:size=14")
        .containsEntry("subset", "500")
        .containsEntry("model", "mlp:30")
        .containsEntry("gd-lr", "0.1")
        .containsEntry("gd-epochs", "10000");
    assertThat(ExperimentCatalogue.find("wei/alignment").defaults(Preset.PAPER))
        .containsEntry("dataset", "cifar-10:grey,size=7")
        .containsEntry("model", "mlp:70")
        .containsEntry("ce-lr", "0.001")
        .containsEntry("mse-lr", "0.1")
        .containsEntry("batch", "512")
        .containsEntry("vectors", "all");
    for (String id : List.of("wei/negative-eigenvalues", "wei/alignment")) {
      Experiment experiment = ExperimentCatalogue.find(id);
      for (Preset preset : Preset.values()) {
        assertThat(experiment.defaults(preset).keySet())
            .containsExactlyElementsOf(experiment.settings().keySet());
      }
    }
  }

  private void refused(String id, Map<String, String> settings, String message) {
    Path run = folder.resolve("refused");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(id, run, settings))
        .withMessageContaining(message);
    assertThat(run).doesNotExist();
  }

  private static ExperimentOutcome run(String id, Path run, Map<String, String> settings) {
    return ExperimentCatalogue.find(id)
        .run(
            new ExperimentRequest(
                Preset.QUICK,
                settings,
                Optional.empty(),
                DataLocation.of(Optional.empty(), Map.of()),
                "auto",
                1,
                1,
                run,
                ProgressListener.SILENT));
  }

  private static double measured(ExperimentOutcome outcome, String name) {
    return outcome.measurements().stream()
        .filter(measurement -> measurement.name().equals(name))
        .mapToDouble(NamedMeasurement::value)
        .findFirst()
        .orElseThrow();
  }

  private static String loss(String line) {
    return line.replaceFirst(".*\"train_loss\":([^,}]*).*", "$1");
  }

  private static Map<String, String> with(Map<String, String> settings, String key, String value) {
    Map<String, String> changed = new LinkedHashMap<>(settings);
    changed.put(key, value);
    return changed;
  }
}
