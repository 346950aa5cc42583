package org.noisescape.experiments.meng.plsgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Requests;
import org.noisescape.linop.StoppedException;
import org.noisescape.report.Metrics;
import org.noisescape.runs.RunFailure;

class PlSgdTest {
  @TempDir Path folder;

  @Test
  void tinyRunLeavesEverythingAReaderNeeds() throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome outcome = run(run, Map.of());

    assertThat(outcome.criterion())
        .contains("chosen by test accuracy on 3 seeds, claims 1 to 3 judged on 4 others")
        .contains("mean over the measurements of the last 2 epochs");
    assertThat(ExperimentOutcome.read(run)).isEqualTo(outcome);
    assertThat(outcome.measurements().stream().filter(m -> m.verdict().isPresent()))
        .extracting(m -> m.name().substring(0, 3))
        .containsExactly("(1)", "(2)", "(3)", "(4)");
    for (String figure :
        List.of(
            "train-loss",
            "test-accuracy",
            "loss-gap",
            "accuracy-gap",
            "accuracy-differences",
            "gap-differences",
            "pl-sgd-accuracy",
            "pl-sgd-gap",
            "sgld-loss")) {
      assertThat(run.resolve("figures/" + figure + ".svg")).isNotEmptyFile();
    }
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    // SGD, 2 of SGLD, 2 x 1 of PL-SGD on 3 seeds, then three of them on 4; epochs 0 to 4
    assertThat(rows(run, "finals")).hasSize(1 + 5 * 3 + 3 * 4);
    assertThat(rows(run, "curves")).hasSize(1 + (5 * 3 + 3 * 4) * 5);
    assertThat(rows(run, "methods")).hasSize(1 + 5 + 3);
    assertThat(rows(run, "claims")).hasSize(1 + 4);
    assertThat(rows(run, "differences")).hasSize(1 + (4 + 2) * 7);
    assertThat(rows(run, "finals").stream().filter(row -> row.startsWith("comparison")))
        .allMatch(row -> List.of("3", "4", "5", "6").contains(row.split(",", -1)[4]));
  }

  @Test
  void withoutVariancesAllMethodsAreSgdBitForBit() throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome outcome = run(run, Map.of("lambda1", "0", "lambda2", "0", "lambda3", "0"));

    assertThat(outcome.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    for (String seeds : List.of("seeds-0-2", "seeds-3-6")) {
      byte[] sgd = parameters(run, "sgd/" + seeds);
      assertThat(parameters(run, "sgld-0.0/" + seeds)).isEqualTo(sgd);
      assertThat(parameters(run, "pl-sgd-0.0-0.0/" + seeds)).isEqualTo(sgd);
    }
    assertThat(rows(run, "differences").stream().skip(1))
        .allMatch(row -> row.split(",", -1)[5].equals("0.0"));
  }

  @Test
  void methodsBeginAtTheSameWeightsAndDifferInTheirNoise() throws IOException {
    Path run = folder.resolve("run");
    run(run, Map.of());
    for (String method : List.of("sgd", "sgld-0.002", "pl-sgd-0.08-1.0E-4")) {
      List<Metrics> replicas = Metrics.read(run.resolve("training/" + method + "/seeds-0-2"));
      List<Metrics> sgd = Metrics.read(run.resolve("training/sgd/seeds-0-2"));
      for (int r = 0; r < 3; r++) {
        assertThat(replicas.get(r).rows().getFirst())
            .usingRecursiveComparison()
            .ignoringFields("wall_time_s")
            .isEqualTo(sgd.get(r).rows().getFirst());
        boolean plain = method.equals("sgd");
        double end = replicas.get(r).rows().getLast().get("train_loss");
        assertThat(end == sgd.get(r).rows().getLast().get("train_loss")).isEqualTo(plain);
      }
    }
  }

  @Test
  void seedsAreTheSameHoweverTheyAreGrouped() throws IOException {
    Path together = folder.resolve("together");
    Path pairs = folder.resolve("pairs");

    ExperimentOutcome outcome = run(together, Map.of("seeds-at-once", "all"));

    assertThat(run(pairs, Map.of("seeds-at-once", "2"))).isEqualTo(outcome);
    assertThat(rows(pairs, "curves")).isEqualTo(rows(together, "curves"));
    assertThat(pairs.resolve("training/sgd/seeds-2-2/metrics.jsonl")).isNotEmptyFile();
  }

  @Test
  void stoppedRunGoesOnToTheSameEnd() throws IOException {
    Path whole = folder.resolve("whole");
    Path stopped = folder.resolve("stopped");
    ExperimentOutcome outcome = run(whole, Map.of());

    // in the midst of the first, of a later, and of a comparison training
    for (int asked : new int[] {2, 8, 12}) {
      AtomicInteger times = new AtomicInteger();
      assertThatThrownBy(() -> run(stopped, Map.of(), () -> times.incrementAndGet() == asked))
          .isInstanceOf(StoppedException.class)
          .hasMessageContaining("stopped at step");
      assertThat(stopped.resolve("outcome.json")).doesNotExist();
    }

    assertThat(run(stopped, Map.of())).isEqualTo(outcome);
    assertThat(rows(stopped, "curves")).isEqualTo(rows(whole, "curves"));
    assertThat(rows(stopped, "claims")).isEqualTo(rows(whole, "claims"));
  }

  @Test
  void varianceThatDivergesIsLeftOutOfTheChoice() {
    Path run = folder.resolve("run");

    // |θ| grows by 10⁵ a step
    ExperimentOutcome outcome = run(run, Map.of("lambda1", "0.02,1e12"));

    assertThat(value(outcome, "lambda1 chosen")).isEqualTo(0.02);
    assertThat(value(outcome, "methods with a seed that diverged")).isEqualTo(1);
    assertThatThrownBy(() -> run(folder.resolve("none"), Map.of("lambda1", "1e12")))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("every PL-SGD diverged on the selection seeds");
  }

  @Test
  void wrongSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(run, Map.of("dataset", "digits:train=40,test=0,size=7")))
        .withMessageContaining("needs a test set");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(run, Map.of("gap", "error")))
        .withMessageContaining("--set gap=error: must be loss or accuracy");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(run, Map.of("batch", "300")))
        .withMessageContaining("larger than the 40 training samples");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(run, Map.of("lambda1", "-1")))
        .withMessageContaining("must be different numbers >= 0");
    assertThat(run).doesNotExist();
  }

  @Test
  void thePaperPresetHasTheSizesOfTheText() {
    assertThat(experiment().defaults(Preset.PAPER))
        .containsEntry("dataset", "cifar-10")
        .containsEntry("subset", "all")
        .containsEntry("model", "resnet18")
        .containsEntry("batch", "2048")
        .containsEntry("lr", "0.1")
        .containsEntry("schedule", "step:0.1@45")
        .containsEntry("epochs", "90")
        .containsEntry("lambda3", "5e-4,1e-3,2e-3")
        .containsEntry("seeds-at-once", "1");
    assertThat(experiment().defaults(Preset.PAPER).get("lambda1").split(",", -1)).contains("0.02");
    assertThat(experiment().defaults(Preset.PAPER).get("lambda2").split(",", -1)).contains("1e-4");
    assertThat(experiment().defaults(Preset.QUICK).keySet())
        .containsExactlyElementsOf(experiment().settings().keySet());
  }

  private static byte[] parameters(Path run, String training) throws IOException {
    byte[] file =
        Files.readAllBytes(
            run.resolve("training").resolve(training).resolve("checkpoints/last.safetensors"));
    // the head names the optimizer
    long head = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return Arrays.copyOfRange(file, (int) head + 8, file.length);
  }

  private static List<String> rows(Path run, String table) throws IOException {
    return Files.readAllLines(run.resolve("tables/" + table + ".csv"));
  }

  private static double value(ExperimentOutcome outcome, String name) {
    return outcome.measurements().stream()
        .filter(m -> m.name().equals(name))
        .mapToDouble(NamedMeasurement::value)
        .findFirst()
        .orElseThrow();
  }

  private static Experiment experiment() {
    return ExperimentCatalogue.find("meng/pl-sgd");
  }

  private static ExperimentOutcome run(Path run, Map<String, String> changed) {
    return run(run, changed, () -> false);
  }

  private static ExperimentOutcome run(
      Path run, Map<String, String> changed, BooleanSupplier stop) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("dataset", "digits:train=40,test=20,size=7");
    settings.put("subset", "40");
    settings.put("model", "mlp:5");
    settings.put("batch", "20");
    settings.put("epochs", "4");
    settings.put("schedule", "step:0.1@2");
    settings.put("every", "1epoch");
    settings.put("checkpoint-every", "1epoch");
    settings.put("final-epochs", "2");
    settings.put("lambda1", "0.02,0.08");
    settings.put("lambda2", "1e-4");
    settings.put("lambda3", "1e-3,2e-3");
    settings.put("selection-seeds", "3");
    settings.put("comparison-seeds", "4");
    settings.putAll(changed);
    return experiment().run(Requests.quick(run, settings).stop(stop).build());
  }
}
