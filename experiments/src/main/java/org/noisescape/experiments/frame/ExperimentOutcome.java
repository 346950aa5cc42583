package org.noisescape.experiments.frame;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.files.Fields;
import org.noisescape.files.FileErrors;
import org.noisescape.files.InputFile;
import org.noisescape.files.JsonFile;

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
    ObjectNode root = JsonFile.MAPPER.createObjectNode();
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
    Path file = run.resolve(partial ? PARTIAL_FILE : FILE);
    try {
      JsonFile.write(file, root);
      if (!partial) {
        Files.deleteIfExists(run.resolve(PARTIAL_FILE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
  }

  /** Reads {@value #FILE} of a run folder. */
  public static ExperimentOutcome read(Path run) {
    Fields root = Fields.read(InputFile.within(run, FILE));
    List<NamedMeasurement> measurements = new ArrayList<>();
    for (Fields node : root.objects("measurements")) {
      measurements.add(
          new NamedMeasurement(
              node.text("name"),
              node.numberOrNaN("value"),
              node.numberOrNaN("standard_error"),
              node.numberOrNaN("theory"),
              node.has("verdict")
                  ? Optional.of(node.choice("verdict", Verdict::valueOf))
                  : Optional.empty()));
    }
    return new ExperimentOutcome(
        root.text("id"),
        root.choice("preset", Preset::parse),
        root.choice("verdict", Verdict::valueOf),
        root.text("criterion"),
        measurements,
        root.flag("partial"));
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
}
