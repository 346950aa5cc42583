package org.noisescape.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.cli.QuickProgram;
import org.noisescape.datasets.DataLocation;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WrongFile;
import org.noisescape.runs.TrainingSession.Surroundings;
import org.noisescape.train.Safetensors;
import org.noisescape.train.StoredTensor;
import org.noisescape.train.TrainingEvent.Outcome;

class ResumeTest {
  private static final Surroundings QUIET =
      Surroundings.quiet(DataLocation.of(Optional.empty(), Map.of()));

  @TempDir static Path shared;
  @TempDir Path folder;
  private static Path uninterrupted;

  @BeforeAll
  static void trainWithoutInterruption() {
    uninterrupted = shared.resolve("uninterrupted");
    TrainingSession.start(TrainingChild.configuration(), uninterrupted, QUIET);
  }

  /** 21 steps an epoch: step 7 is before the first checkpoint, the others in mid-epoch. */
  @ParameterizedTest
  @ValueSource(longs = {7, 37, 60})
  void aKilledRunResumesBitForBit(long killAt) throws IOException, InterruptedException {
    Path run = folder.resolve("killed");
    killAt(killAt, run, child -> {});
    assertThat(digest(run)).isNotEqualTo(digest(uninterrupted));
    TrainingResult result = TrainingSession.resume(run, Map.of(), QUIET);

    assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(digest(run)).isEqualTo(digest(uninterrupted));
    assertThat(metrics(run)).isEqualTo(metrics(uninterrupted));
  }

  @Test
  void aRunInProgressIsClosedToOthers() throws IOException, InterruptedException {
    Path run = folder.resolve("busy");
    killAt(
        30,
        run,
        child -> {
          assertThatThrownBy(() -> TrainingSession.resume(run, Map.of(), QUIET))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageStartingWith("another process is writing the run " + run);
          assertThatThrownBy(() -> RunDirectory.create(run))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("is not empty");
        });
  }

  @Test
  void aRunStoppedOnRequestResumesBitForBit() throws IOException {
    Path run = folder.resolve("stopped");
    Stopping stopping = new Stopping(QUIET.data().apply(null), 7);
    TrainingResult stopped =
        TrainingSession.start(TrainingChild.configuration(), run, stopping.next());
    assertThat(stopped.outcome()).isEqualTo(Outcome.STOPPED);
    while (TrainingSession.resume(run, Map.of(), stopping.next()).outcome() == Outcome.STOPPED) {
      assertThat(run.resolve("checkpoints/last.safetensors")).exists();
    }

    assertThat(digest(run)).isEqualTo(digest(uninterrupted));
    assertThat(metrics(run)).isEqualTo(metrics(uninterrupted));
  }

  @Test
  void resumingACompleteRunChangesNothing() throws IOException {
    String before = digest(uninterrupted);
    List<String> metrics = metrics(uninterrupted);
    TrainingResult result = TrainingSession.resume(uninterrupted, Map.of(), QUIET);
    assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(result.step()).isEqualTo(84);
    assertThat(digest(uninterrupted)).isEqualTo(before);
    assertThat(metrics(uninterrupted)).isEqualTo(metrics);
  }

  @Test
  void anotherConfigurationIsRefusedByName() {
    refused(Map.of("learning_rate", 0.5), "another learning rate: it has 0.03, got 0.5");
    refused(Map.of("model", "linear"), "another model: it has \"mlp:17\", got \"linear\"");
    TrainingSession.resume(uninterrupted, Map.of("learning_rate", 0.03, "batch", 10), QUIET);
  }

  /** Sums over samples in float32 convolutions are parted by threads. */
  @Test
  void aRunStaysOnTheThreadsItBeganWith() throws IOException {
    TrainConfiguration configuration =
        TrainingChild.configuration()
            .with(
                Map.of("model", "convnet", "batch", 105, "epochs", 6, "replicas", 1, "threads", 3));
    Path whole = folder.resolve("whole");
    TrainingSession.start(configuration, whole, QUIET);
    Path run = folder.resolve("run");
    Surroundings stopping =
        new Surroundings(QUIET.data(), List.of(), ProgressListener.SILENT, line -> {}, () -> true);
    assertThat(TrainingSession.start(configuration, run, stopping).outcome())
        .isEqualTo(Outcome.STOPPED);

    assertThatThrownBy(() -> TrainingSession.resume(run, Map.of("threads", 1), QUIET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            run
                + " cannot be resumed with another threads: it has 3, got 1:"
                + " leave the option out, or start a new run");
    TrainingSession.resume(run, Map.of(), QUIET);
    assertThat(digest(run)).isEqualTo(digest(whole));
    assertThat(metrics(run)).isEqualTo(metrics(whole));
    assertThat(
            JsonFile.read(run.resolve("manifest.json")).at("/resumed/0/engine/threads").intValue())
        .isEqualTo(3);
  }

  @Test
  void aManifestThatWasChangedDoesNotResumeAsAnotherRun() throws IOException {
    Path run = folder.resolve("run");
    TrainingSession.start(TrainingChild.configuration().with(Map.of("epochs", 1)), run, QUIET);
    Path manifest = run.resolve("manifest.json");
    String text = Files.readString(manifest);
    for (Map.Entry<String, String> change :
        Map.of(
                "\"learning_rate\" : 0.03", "\"learning_rate\" : 0.5",
                "\"epochs\" : 1.0", "\"epochs\" : 2.0",
                "\"batch\" : 10", "\"batch\" : 20")
            .entrySet()) {
      assertThat(text).contains(change.getKey());
      Files.writeString(manifest, text.replace(change.getKey(), change.getValue()));
      assertThatThrownBy(() -> TrainingSession.resume(run, Map.of(), QUIET))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot be resumed: its manifest says");
    }
    Files.writeString(manifest, text.replaceFirst("\"batch\" : 10", "\"batch\" : null"));
    assertThatThrownBy(() -> TrainingSession.resume(run, Map.of(), QUIET))
        .hasMessageStartingWith(manifest + ": field 'batch'");
    Files.writeString(manifest, text.replaceFirst("\\{", "{\"resumed\": \"x\","));
    assertThatThrownBy(() -> TrainingSession.resume(run, Map.of(), QUIET))
        .hasMessageStartingWith(manifest + ": field 'resumed' must be a list");
  }

  @Test
  void aStepThatCannotBeIsRefused() throws IOException {
    Path run = folder.resolve("run");
    TrainingSession.start(TrainingChild.configuration().with(Map.of("epochs", 1)), run, QUIET);
    Path file = run.resolve("checkpoints/last.safetensors");
    Safetensors good = Safetensors.read(file);
    for (String step : List.of("-5", "9223372036854775807", "1000000", "22", "x", "1.0", "")) {
      Map<String, String> metadata = new LinkedHashMap<>(good.metadata());
      metadata.put("step", step);
      new Safetensors(metadata, good.tensors()).write(file);
      assertThatThrownBy(() -> TrainingSession.resume(run, Map.of(), QUIET))
          .as(step)
          .isInstanceOf(WrongFile.class)
          .hasMessageStartingWith(file + ": ");
    }
  }

  @Test
  void changedMeasurementsAreTold() throws IOException {
    Path run = folder.resolve("run");
    TrainingSession.start(TrainingChild.configuration().with(Map.of("epochs", 1)), run, QUIET);
    Path metrics = run.resolve("metrics.jsonl");
    assertThat(Files.readString(metrics)).contains("\"epoch\":1.0");
    assertThat(toldOnResume(run)).isEmpty();
    Files.writeString(metrics, Files.readString(metrics).replaceFirst("_loss\":\\d", "_loss\":7"));
    assertThat(toldOnResume(run))
        .singleElement()
        .asString()
        .contains("the lines up to step 21 are not as this run wrote them");
  }

  @Test
  void whatAResumeCannotRestoreIsToldAndKept() throws IOException {
    Path run = folder.resolve("run");
    TrainingSession.start(TrainingChild.configuration().with(Map.of("epochs", 1)), run, QUIET);
    Files.writeString(run.resolve("metrics.jsonl"), "");
    List<String> told = toldOnResume(run);
    assertThat(told).hasSize(1).allMatch(line -> line.contains("lines up to step 21 are missing"));
    assertThat(JsonFile.read(run.resolve("manifest.json")).at("/resumed/0/not_restored").asText())
        .isEqualTo(told.getFirst());
  }

  private static List<String> toldOnResume(Path run) {
    List<String> told = new ArrayList<>();
    ProgressListener progress =
        new ProgressListener() {
          @Override
          public void progressed(long step, long steps, String note) {}

          @Override
          public void told(String line) {
            told.add(line);
          }
        };
    Surroundings telling =
        new Surroundings(QUIET.data(), List.of(), progress, line -> {}, () -> false);
    TrainingSession.resume(run, Map.of(), telling);
    return told;
  }

  @Test
  void otherDataAreRefusedByFile() throws IOException {
    Path run = folder.resolve("run");
    TrainingSession.start(TrainingChild.configuration().with(Map.of("epochs", 1)), run, QUIET);
    Path manifest = run.resolve("manifest.json");
    ObjectNode tree = (ObjectNode) JsonFile.read(manifest);
    ObjectNode data = (ObjectNode) tree.path("data");
    String file = data.fieldNames().next();
    data.put(file, "sha256:00");
    Files.writeString(manifest, tree.toString());

    assertThatThrownBy(() -> TrainingSession.resume(run, Map.of(), QUIET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file + " was sha256:00, is sha256:");
  }

  @Test
  void everyAndOnlyDueCheckpointsAreKept() throws IOException {
    Path run = folder.resolve("run");
    TrainingSession.start(
        TrainingChild.configuration()
            .with(Map.of("epochs", 1, "checkpoint_every", "8", "keep_checkpoints", true)),
        run,
        QUIET);
    try (var files = Files.list(run.resolve("checkpoints"))) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith("rs")))
          .containsExactlyInAnyOrder(
              "last.safetensors",
              "step-000000000.safetensors",
              "step-000000008.safetensors",
              "step-000000016.safetensors",
              "step-000000021.safetensors");
    }
  }

  private static void refused(Map<String, Object> given, String message) {
    assertThatThrownBy(() -> TrainingSession.resume(uninterrupted, given, QUIET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private interface WhileItWaits {
    void look(Process child);
  }

  /** Trains in another process up to a step and kills it there. */
  private static void killAt(long step, Path run, WhileItWaits look)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(QuickProgram.words(TrainingChild.class.getName()));
    words.addAll(List.of(run.toString(), Long.toString(step)));
    Process child =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).startsWith("at step ");
      look.look(child);
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  /** SHA-256 of the tensors of the last checkpoint, or nothing where there is none. */
  private static String digest(Path run) throws IOException {
    Path file = run.resolve("checkpoints/last.safetensors");
    if (!Files.exists(file)) {
      return "";
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (StoredTensor tensor : Safetensors.read(file).tensors().values()) {
        digest.update(tensor.name().getBytes(StandardCharsets.UTF_8));
        digest.update(tensor.bytes().duplicate());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The lines of metrics, without the time they took. */
  private static List<String> metrics(Path run) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      ObjectNode node = (ObjectNode) JsonFile.MAPPER.readTree(line);
      node.remove(List.of("step_time_s", "wall_time_s"));
      lines.add(node.toString());
    }
    return lines;
  }
}
