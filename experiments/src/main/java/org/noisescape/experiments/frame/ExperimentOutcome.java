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
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.files.Fields;
import org.noisescape.files.FileErrors;
import org.noisescape.files.InputFile;
import org.noisescape.files.JsonFile;
import org.noisescape.runs.RunDirectory;

/**
 * What came out of an experiment; {@code outcome.json} of its run folder.
 *
 * @param id experiment
 * @param preset size it ran at
 * @param verdict whether theory and measurement agree
 * @param criterion by which rule, fixed before the run
 * @param measurements the numbers
 * @param rivals other theories, by the same rule
 * @param partial whether it was stopped, so that the numbers are those of what was done till then
 */
public record ExperimentOutcome(
    String id,
    Preset preset,
    Verdict verdict,
    String criterion,
    List<NamedMeasurement> measurements,
    List<Rival> rivals,
    boolean partial) {
  /** Name of the file. */
  public static final String FILE = RunDirectory.OUTCOME;

  /** Name of the file of a partial outcome, until the run is continued to its end. */
  public static final String PARTIAL_FILE = "outcome.partial.json";

  /** Copies the list. */
  public ExperimentOutcome {
    measurements = List.copyOf(measurements);
    rivals = List.copyOf(rivals);
  }

  /**
   * Why a theory with which all numbers agree does not agree: the rivals that are not excluded.
   *
   * @return empty where there is no such doubt
   */
  public Optional<String> undecided() {
    List<String> standing =
        rivals.stream().filter(rival -> !rival.excluded()).map(Rival::name).toList();
    boolean agrees =
        measurements.stream()
            .flatMap(m -> m.verdict().stream())
            .allMatch(judged -> judged == Verdict.AGREES);
    return verdict == Verdict.INCONCLUSIVE && agrees && !standing.isEmpty()
        ? Optional.of("cannot tell the theory from " + String.join(", ", standing))
        : Optional.empty();
  }

  /** Writes {@link #FILE} or {@value #PARTIAL_FILE} into a run folder, whole or not at all. */
  public void write(Path run) {
    ObjectNode root = JsonFile.MAPPER.createObjectNode();
    root.put("id", id);
    root.put("preset", preset.label());
    root.put("verdict", verdict.name());
    undecided().ifPresent(reason -> root.put("reason", reason));
    if (partial) {
      root.put("partial", true);
    }
    root.put("criterion", criterion);
    put(root.putArray("measurements"), measurements);
    ArrayNode others = root.putArray("rivals");
    for (Rival rival : rivals) {
      ObjectNode node = others.addObject();
      node.put("name", rival.name());
      node.put("verdict", rival.verdict().name());
      put(node.putArray("measurements"), rival.measurements());
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

  /** Reads {@link #FILE} of a run folder. */
  public static ExperimentOutcome read(Path run) {
    Fields root = Fields.read(InputFile.within(run, FILE));
    List<Rival> rivals = new ArrayList<>();
    for (Fields node : root.objects("rivals")) {
      rivals.add(
          new Rival(
              node.text("name"),
              node.choice("verdict", Verdict::valueOf),
              measurements(node.objects("measurements"))));
    }
    return new ExperimentOutcome(
        root.text("id"),
        root.choice("preset", Preset::parse),
        root.choice("verdict", Verdict::valueOf),
        root.text("criterion"),
        measurements(root.objects("measurements")),
        rivals,
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

  private static void put(ArrayNode list, List<NamedMeasurement> numbers) {
    for (NamedMeasurement number : numbers) {
      ObjectNode node = list.addObject();
      node.put("name", number.name());
      put(node, "value", number.value());
      put(node, "standard_error", number.standardError());
      put(node, "theory", number.theory());
      number
          .judgement()
          .ifPresent(
              judged -> {
                node.put("verdict", judged.verdict().name());
                put(node, "degrees_of_freedom", judged.degreesOfFreedom());
                put(node, "p_value", judged.pValue());
                put(node, "tolerance", judged.tolerance());
                put(node, "noticed", judged.noticed());
              });
    }
  }

  private static List<NamedMeasurement> measurements(List<Fields> nodes) {
    List<NamedMeasurement> numbers = new ArrayList<>();
    for (Fields node : nodes) {
      Optional<Judgement> judgement = Optional.empty();
      if (node.has("verdict")) {
        judgement =
            Optional.of(
                new Judgement(
                    node.choice("verdict", Verdict::valueOf),
                    node.numberOrNaN("p_value"),
                    node.numberOrNaN("degrees_of_freedom"),
                    node.numberOrNaN("tolerance"),
                    node.numberOrNaN("noticed")));
      }
      numbers.add(
          new NamedMeasurement(
              node.text("name"),
              node.numberOrNaN("value"),
              node.numberOrNaN("standard_error"),
              node.numberOrNaN("theory"),
              judgement));
    }
    return numbers;
  }

  private static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }
}
