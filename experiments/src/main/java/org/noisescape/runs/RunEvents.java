package org.noisescape.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.noisescape.files.Fields;
import org.noisescape.files.FileErrors;
import org.noisescape.files.InputFile;
import org.noisescape.files.WrongFile;
import org.noisescape.runs.MetricsLines.Line;
import org.noisescape.tensorboard.EventFolder;
import org.noisescape.tensorboard.Scalars;
import org.noisescape.tensorboard.Session;
import org.noisescape.train.Histogram;
import org.noisescape.train.Measurement;
import org.noisescape.train.TrainingEvent.Outcome;

/** The event files of a training run, always those of its {@code metrics.jsonl}. */
public final class RunEvents {
  /** Fields of a line of metrics that are no quantity. */
  private static final Set<String> PLACE =
      Set.of("step", "epoch", "replica", MetricsLog.SEED, MetricsLog.WALL_TIME);

  private RunEvents() {}

  /**
   * What a run folder says of its measurements.
   *
   * @param started when it began
   * @param replicas R
   * @param measured in the order of the file
   */
  private record Recorded(Instant started, Session session, int replicas, List<Scalars> measured) {
    static Recorded read(Path run) {
      Fields manifest = Fields.read(InputFile.within(run, RunDirectory.MANIFEST));
      if (!manifest.node().path("configuration").isObject()) {
        throw new IllegalArgumentException(run + " holds no training run, so it has no events");
      }
      int replicas =
          (int) manifest.object("configuration").integer("replicas", 1, Integer.MAX_VALUE);
      MetricsLines lines =
          MetricsLines.read(InputFile.within(run, RunDirectory.METRICS)).requireWhole();
      for (Line line : lines.lines()) {
        if (line.replica() >= replicas) {
          throw new WrongFile(
              lines.file(),
              "replica %d at step %d of a run of %d"
                  .formatted(line.replica(), line.step(), replicas));
        }
      }
      List<Scalars> measured = lines.lines().stream().map(line -> scalars(line.node())).toList();
      Session session = RunEvents.session(manifest.node().path("configuration"));
      return new Recorded(RunEvents.started(manifest), session, replicas, measured);
    }

    /** Replicas of which something was measured, at least one. */
    int seen() {
      return 1 + measured.stream().mapToInt(Scalars::replica).max().orElse(0);
    }
  }

  /**
   * Writes the event files of a run that was recorded.
   *
   * @param run its folder
   * @param folder of the event files
   * @throws IllegalArgumentException in one line where it holds no training run, or the folder
   *     events of another
   */
  public static void export(Path run, Path folder) {
    Recorded recorded = Recorded.read(run);
    try {
      EventFolder events =
          EventFolder.open(
              folder, recorded.started(), recorded.session(), recorded.seen(), recorded.measured());
      try (events) {
        Path result = InputFile.within(run, RunDirectory.RESULT);
        if (Files.exists(result)) {
          events.finish(Fields.read(result).text("outcome").equals(Outcome.COMPLETED.name()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
  }

  /** Writes the event files and leaves them open for more. */
  static EventFolder open(Path run, Path folder) throws IOException {
    Recorded recorded = Recorded.read(run);
    return EventFolder.open(
        folder, recorded.started(), recorded.session(), recorded.replicas(), recorded.measured());
  }

  /** A measurement as it comes from the trainer. */
  static Scalars scalars(Measurement measurement) {
    Map<String, Histogram> histograms = new LinkedHashMap<>(measurement.histograms());
    histograms.values().removeIf(histogram -> histogram.edges().size() > 1);
    return new Scalars(measurement.step(), measurement.replica(), measurement.values(), histograms);
  }

  /** Settings of a configuration; lists and themes as texts. */
  private static Session session(JsonNode configuration) {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : configuration.properties()) {
      JsonNode value = field.getValue();
      if (value.isNumber()) {
        settings.put(field.getKey(), value.asDouble());
      } else if (value.isBoolean()) {
        settings.put(field.getKey(), value.asBoolean());
      } else if (!value.isNull()) {
        settings.put(field.getKey(), value.isTextual() ? value.asText() : value.toString());
      }
    }
    return new Session(settings);
  }

  private static Scalars scalars(JsonNode row) {
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, Histogram> histograms = new LinkedHashMap<>();
    row.properties().stream()
        .filter(field -> !PLACE.contains(field.getKey()))
        .forEach(
            field -> {
              if (field.getValue().isObject()) {
                HistogramJson.read(field.getValue())
                    .filter(histogram -> histogram.edges().size() == 1)
                    .ifPresent(histogram -> histograms.put(field.getKey(), histogram));
              } else {
                values.put(field.getKey(), field.getValue().asDouble(Double.NaN));
              }
            });
    return new Scalars(row.path("step").asLong(), row.path("replica").asInt(), values, histograms);
  }

  private static Instant started(Fields manifest) {
    String text = manifest.text("started");
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new WrongFile(
          manifest.file(),
          "started must be a time such as 2026-01-31T12:00:00Z, got '%s'".formatted(text),
          e);
    }
  }
}
