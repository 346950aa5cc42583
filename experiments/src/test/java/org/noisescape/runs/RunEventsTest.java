package org.noisescape.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.datasets.DataLocation;
import org.noisescape.files.JsonFile;
import org.noisescape.runs.TrainingSession.Surroundings;
import org.noisescape.tensorboard.EventFileReader;
import org.noisescape.tensorboard.EventFileReader.Event;
import org.noisescape.train.TrainingEvent.Outcome;

class RunEventsTest {
  private static final Surroundings QUIET =
      Surroundings.quiet(DataLocation.of(Optional.empty(), Map.of()));
  private static final int REPLICAS = 2;

  private final Stopping stopping = new Stopping(QUIET.data().apply(null), 8);

  @TempDir Path folder;

  @Test
  void everyMeasurementIsAnEventOfItsReplica() throws IOException {
    Path run = folder.resolve("run");
    TrainingSession.start(configuration(), run, QUIET);
    requireEventsOfTheMetrics(run, run.resolve("tensorboard"));
    for (int r = 0; r < REPLICAS; r++) {
      List<Event> events = EventFileReader.onlyFileOf(run.resolve("tensorboard/replica-" + r));
      assertThat(events).extracting(Event::wallTime).isSorted();
      assertThat(events.getLast().wallTime()).isGreaterThan(events.getFirst().wallTime());
    }
  }

  @Test
  void aRunStoppedAndResumedLosesAndRepeatsNothing() throws IOException {
    Path run = folder.resolve("run");
    TrainingResult result = TrainingSession.start(configuration(), run, stopping.next());
    int sittings = 1;
    while (result.outcome() == Outcome.STOPPED) {
      result = TrainingSession.resume(run, Map.of(), stopping.next());
      sittings++;
    }
    assertThat(sittings).isGreaterThan(2);
    requireEventsOfTheMetrics(run, run.resolve("tensorboard"));
  }

  /** What a killed process leaves: events after its last checkpoint, and one cut short. */
  @Test
  void eventsAfterTheCheckpointOfAKilledRunAreNotDoubled() throws IOException {
    Path run = folder.resolve("run");
    assertThat(TrainingSession.start(configuration(), run, stopping.next()).outcome())
        .isEqualTo(Outcome.STOPPED);
    for (int r = 0; r < REPLICAS; r++) {
      Files.writeString(
          run.resolve("metrics.jsonl"),
          "{\"step\":80,\"epoch\":3.8,\"replica\":" + r + ",\"train_loss\":7}\n",
          StandardOpenOption.APPEND);
    }
    RunEvents.export(run, run.resolve("tensorboard"));
    try (var files = Files.list(run.resolve("tensorboard/replica-0"))) {
      Files.write(
          files.findFirst().orElseThrow(), new byte[] {50, 0, 0}, StandardOpenOption.APPEND);
    }
    TrainingSession.resume(run, Map.of(), QUIET);

    requireEventsOfTheMetrics(run, run.resolve("tensorboard"));
    assertThat(EventFileReader.onlyFileOf(run.resolve("tensorboard/replica-1")))
        .noneMatch(event -> Float.valueOf(7).equals(event.scalars().get("train_loss")));
  }

  @Test
  void aRunAskedLaterHasAllEventsFromThenOn() throws IOException {
    Path run = folder.resolve("run");
    TrainConfiguration silent = configuration().with(Map.of("tensorboard", false));
    TrainingSession.start(silent, run, stopping.next());
    assertThat(run.resolve("tensorboard")).doesNotExist();

    TrainingSession.resume(run, Map.of("tensorboard", true), stopping.next());
    requireEventsOfTheMetrics(run, run.resolve("tensorboard"));
    TrainingSession.resume(run, Map.of(), QUIET);
    requireEventsOfTheMetrics(run, run.resolve("tensorboard"));
  }

  @Test
  void exportedLaterTheFilesAreTheSame() throws IOException {
    Path run = folder.resolve("run");
    TrainingSession.start(configuration(), run, QUIET);
    Path exported = folder.resolve("exported");
    RunEvents.export(run, exported);

    requireEventsOfTheMetrics(run, exported);
    for (String replica : List.of("replica-0", "replica-1")) {
      try (var files = Files.list(exported.resolve(replica))) {
        Path file = files.findFirst().orElseThrow();
        assertThat(file)
            .hasSameBinaryContentAs(
                run.resolve("tensorboard").resolve(replica).resolve(file.getFileName()));
      }
    }
  }

  @Test
  void whatHoldsNoTrainingIsOneClearLine() throws IOException {
    Files.writeString(folder.resolve("manifest.json"), "{\"kind\": \"experiment\"}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunEvents.export(folder, folder.resolve("events")))
        .withMessageContaining("holds no training run");
  }

  private static TrainConfiguration configuration() {
    return TrainingChild.configuration().with(Map.of("tensorboard", true));
  }

  /** Steps, names and values are those of metrics.jsonl, to the float32 of the format. */
  private static void requireEventsOfTheMetrics(Path run, Path events) throws IOException {
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    for (int r = 0; r < REPLICAS; r++) {
      List<Event> read = EventFileReader.onlyFileOf(events.resolve("replica-" + r));
      assertThat(read.getFirst().version()).isEqualTo("brain.Event:2");
      assertThat(read.get(1).session())
          .containsEntry("model", "mlp:17")
          .containsEntry("replicas", 2.0)
          .doesNotContainValue(null);
      int next = 2;
      for (String line : lines) {
        JsonNode row = JsonFile.MAPPER.readTree(line);
        if (row.path("replica").asInt() != r) {
          continue;
        }
        Event event = read.get(next);
        next++;
        assertThat(event.step()).isEqualTo(row.path("step").asLong());
        assertThat(event.scalars()).hasSize(row.size() - 5).containsKey("noise_strength");
        event
            .scalars()
            .forEach(
                (name, value) ->
                    assertThat(value).as(name).isEqualTo((float) row.path(name).asDouble()));
      }
      if (Files.exists(run.resolve("result.json"))) {
        String outcome =
            JsonFile.MAPPER.readTree(run.resolve("result.json").toFile()).path("outcome").asText();
        long status = outcome.equals("COMPLETED") ? 1 : 2;
        assertThat(read.get(next).session()).containsEntry("status", status);
        next++;
      }
      assertThat(read).hasSize(next);
    }
  }
}
