package org.noisescape.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.noisescape.tensorboard.EventFolder;
import org.noisescape.tensorboard.Scalars;
import org.noisescape.train.Measurement;

/** The event files of a training run, always those of its {@code metrics.jsonl}. */
public final class RunEvents {
  /** Fields of a line of metrics that are no quantity. */
  private static final Set<String> PLACE = Set.of("step", "epoch", "replica");

  private RunEvents() {}

  /**
   * Writes the event files of a run that was recorded.
   *
   * @param run its folder
   * @param folder of the event files
   * @throws IllegalArgumentException in one line where it holds no training run, or the folder
   *     events of another
   */
  public static void export(Path run, Path folder) {
    try {
      open(run, folder).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Writes the event files and leaves them open for more. */
  static EventFolder open(Path run, Path folder) throws IOException {
    Path file = run.resolve("manifest.json");
    JsonNode manifest = Json.read(file);
    int replicas = manifest.path("configuration").path("replicas").asInt();
    if (replicas < 1) {
      throw new IllegalArgumentException(run + " holds no training run, so it has no events");
    }
    List<Scalars> measured =
        MetricsLog.rows(run.resolve("metrics.jsonl")).stream().map(RunEvents::scalars).toList();
    return EventFolder.open(folder, started(file, manifest), replicas, measured);
  }

  /** A measurement as it comes from the trainer. */
  static Scalars scalars(Measurement measurement) {
    return new Scalars(measurement.step(), measurement.replica(), measurement.values());
  }

  private static Scalars scalars(JsonNode row) {
    Map<String, Double> values = new LinkedHashMap<>();
    row.properties().stream()
        .filter(field -> !PLACE.contains(field.getKey()))
        .forEach(field -> values.put(field.getKey(), field.getValue().asDouble(Double.NaN)));
    return new Scalars(row.path("step").asLong(), row.path("replica").asInt(), values);
  }

  private static Instant started(Path file, JsonNode manifest) {
    String text = manifest.path("started").asText();
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s: started must be a time such as 2026-01-31T12:00:00Z, got '%s'".formatted(file, text),
          e);
    }
  }
}
