package org.noisescape.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came out of an experiment; {@code outcome.json} of its run folder.
 *
 * @param id experiment
 * @param preset size it ran at
 * @param verdict whether theory and measurement agree
 * @param criterion by which rule, fixed before the run
 * @param measurements the numbers
 * @param partial whether it was stopped, so that the numbers are those of what was done till then
 */
public record ExperimentOutcome(
    String id,
    Preset preset,
    Verdict verdict,
    String criterion,
    List<NamedMeasurement> measurements,
    boolean partial) {
  /** Name of the file. */
  public static final String FILE = "outcome.json";

  /** Name of the file of a partial outcome, until the run is continued to its end. */
  public static final String PARTIAL_FILE = "outcome.partial.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the list. */
  public ExperimentOutcome {
    measurements = List.copyOf(measurements);
  }

  /** Of a run that came to its end. */
  public ExperimentOutcome(
      String id,
      Preset preset,
      Verdict verdict,
      String criterion,
      List<NamedMeasurement> measurements) {
    this(id, preset, verdict, criterion, measurements, false);
  }

  /** The same, of a run that was stopped or not. */
  public ExperimentOutcome partial(boolean stopped) {
    return new ExperimentOutcome(id, preset, verdict, criterion, measurements, stopped);
  }

  /** Writes {@value #FILE} or {@value #PARTIAL_FILE} into a run folder, whole or not at all. */
  public void write(Path run) {
    ObjectNode root = JSON.createObjectNode();
    root.put("id", id);
    root.put("preset", preset.label());
    root.put("verdict", verdict.name());
    if (partial) {
      root.put("partial", true);
    }
    root.put("criterion", criterion);
    ArrayNode list = root.putArray("measurements");
    for (NamedMeasurement measurement : measurements) {
      ObjectNode node = list.addObject();
      node.put("name", measurement.name());
      put(node, "value", measurement.value());
      put(node, "standard_error", measurement.standardError());
      put(node, "theory", measurement.theory());
      measurement.verdict().ifPresent(judged -> node.put("verdict", judged.name()));
    }
    Path temporary = run.resolve(FILE + ".tmp");
    try {
      Files.writeString(
          temporary, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
      Files.move(
          temporary,
          run.resolve(partial ? PARTIAL_FILE : FILE),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
      if (!partial) {
        Files.deleteIfExists(run.resolve(PARTIAL_FILE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write " + run.resolve(FILE) + ": " + e.getMessage(), e);
    }
  }

  /** Reads {@value #FILE} of a run folder. */
  public static ExperimentOutcome read(Path run) {
    Path file = run.resolve(FILE);
    try {
      JsonNode root = JSON.readTree(file.toFile());
      List<NamedMeasurement> measurements = new ArrayList<>();
      for (JsonNode node : root.path("measurements")) {
        measurements.add(
            new NamedMeasurement(
                node.path("name").asText(),
                number(node, "value"),
                number(node, "standard_error"),
                number(node, "theory"),
                node.has("verdict")
                    ? Optional.of(Verdict.valueOf(node.path("verdict").asText()))
                    : Optional.empty()));
      }
      return new ExperimentOutcome(
          root.path("id").asText(),
          Preset.parse(root.path("preset").asText()),
          Verdict.valueOf(root.path("verdict").asText()),
          root.path("criterion").asText(),
          measurements,
          root.path("partial").asBoolean());
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + " is not the outcome of an experiment: " + e.getMessage(), e);
    }
  }

  /**
   * What the terminal shows at the end: verdict, criterion, numbers, and where the report is.
   *
   * @param run the run folder
   */
  public String summary(Path run) {
    return OutcomeText.of(this) + "report     " + run.resolve("report.html");
  }

  private static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }

  private static double number(JsonNode node, String key) {
    return node.path(key).isNumber() ? node.path(key).asDouble() : Double.NaN;
  }
}
