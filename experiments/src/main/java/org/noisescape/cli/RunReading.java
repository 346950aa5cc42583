package org.noisescape.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.files.Fields;
import org.noisescape.files.InputFile;
import org.noisescape.files.JsonFile;
import org.noisescape.runs.Annotations;
import org.noisescape.runs.RunDirectory;
import org.noisescape.sweep.SweepFolder;

/** Reads of a run's folder what a list shows: its manifest, its end, its last measurement. */
final class RunReading {
  /** Of the end of a file of measurements, in bytes: a few lines. */
  private static final int TAIL = 1 << 17;

  private static final String RUNNING = "RUNNING";
  private static final String UNFINISHED = "UNFINISHED";

  private final Path run;

  private RunReading(Path run) {
    this.run = run;
  }

  /** What a folder holds; unreadable where its files are damaged. */
  static ListedRun of(Path run) {
    try {
      RunReading reading = new RunReading(run);
      return SweepFolder.isSweep(run) ? reading.sweep() : reading.run();
    } catch (IllegalArgumentException | IOException e) {
      return ListedRun.unreadable(
          run, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private ListedRun run() throws IOException {
    Fields manifest = Fields.read(InputFile.within(run, RunDirectory.MANIFEST));
    boolean experiment = manifest.text("kind", "train").equals("experiment");
    return experiment ? experiment(manifest) : training(manifest);
  }

  private ListedRun training(Fields manifest) throws IOException {
    JsonNode result = json(RunDirectory.RESULT);
    Map<String, String> settings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : manifest.object("configuration").node().properties()) {
      settings.put(each.getKey(), text(each.getValue()));
    }
    JsonNode rows = result.path("last");
    Map<String, Double> last = rows.isEmpty() ? means(tail()) : means(rows.valueStream().toList());
    long step = result.path("step").asLong(last.getOrDefault("step", -1.0).longValue());
    List.of("step", "replica", "seed").forEach(last::remove);
    return new ListedRun(
        run,
        "train",
        settings.getOrDefault("model", "?"),
        settings.getOrDefault("dataset", "?"),
        state(result.path("outcome").asText(UNFINISHED), "COMPLETED"),
        new long[] {step, result.path("steps").asLong(-1)},
        manifest.text("started", ""),
        settings,
        last,
        Annotations.read(run),
        "");
  }

  private ListedRun experiment(Fields manifest) {
    JsonNode outcome = json(RunDirectory.OUTCOME);
    Map<String, String> settings = new LinkedHashMap<>();
    for (String key : List.of("preset", "seed", "engine", "precision", "threads")) {
      if (manifest.has(key)) {
        settings.put(key, text(manifest.node().path(key)));
      }
    }
    settings.putAll(manifest.textsByName("settings"));
    Map<String, Double> judged = new LinkedHashMap<>();
    for (JsonNode each : outcome.path("measurements")) {
      if (each.path("value").isNumber()) {
        judged.put(each.path("name").asText(), each.path("value").asDouble());
      }
    }
    String verdict = outcome.path("verdict").asText(UNFINISHED);
    return new ListedRun(
        run,
        "experiment",
        manifest.text("id", "?"),
        "",
        outcome.isMissingNode() ? state(UNFINISHED, "") : verdict,
        new long[] {-1, -1},
        manifest.text("started", ""),
        settings,
        judged,
        Annotations.read(run),
        "");
  }

  private ListedRun sweep() {
    Fields sweep = Fields.read(InputFile.within(run, SweepFolder.FILE));
    List<String> cells = sweep.texts("cells");
    long done =
        cells.stream()
            .map(cell -> run.resolve("cells").resolve(cell))
            .filter(
                cell ->
                    Files.exists(cell.resolve(RunDirectory.RESULT))
                        || Files.exists(cell.resolve(RunDirectory.OUTCOME)))
            .count();
    Map<String, String> settings = new LinkedHashMap<>();
    for (String key : List.of("preset", "seed", "seeds", "engine", "precision", "threads")) {
      if (sweep.has(key)) {
        settings.put(key, text(sweep.node().path(key)));
      }
    }
    settings.putAll(sweep.textsByName("set"));
    sweep
        .node()
        .path("grid")
        .properties()
        .forEach(axis -> settings.put(axis.getKey(), text(axis.getValue())));
    return new ListedRun(
        run,
        "sweep",
        sweep.text("subject", "?"),
        sweep.text("dataset", ""),
        done == cells.size() ? "COMPLETED" : state(UNFINISHED, ""),
        new long[] {done, cells.size()},
        sweep.text("started", ""),
        settings,
        Map.of(),
        Annotations.read(run),
        "");
  }

  /** A run that a process holds is running, whatever an earlier sitting of it came to. */
  private String state(String found, String done) {
    return !found.equals(done) && RunDirectory.isHeld(run) ? RUNNING : found;
  }

  private JsonNode json(String name) {
    Path file = run.resolve(name);
    return Files.exists(file)
        ? Fields.read(InputFile.within(run, name)).node()
        : MissingNode.getInstance();
  }

  /** The whole lines at the end of the measurements that are of the last step. */
  private List<JsonNode> tail() {
    if (!Files.exists(run.resolve(RunDirectory.METRICS))) {
      return List.of();
    }
    byte[] end = InputFile.end(InputFile.within(run, RunDirectory.METRICS), TAIL);
    List<JsonNode> rows =
        new String(end, StandardCharsets.UTF_8)
            .lines()
            .map(RunReading::line)
            .filter(row -> row.path("step").isNumber())
            .toList();
    long step = rows.isEmpty() ? 0 : rows.getLast().path("step").asLong();
    return rows.stream().filter(row -> row.path("step").asLong() == step).toList();
  }

  private static JsonNode line(String text) {
    try {
      JsonNode node = JsonFile.MAPPER.readTree(text);
      return node == null ? MissingNode.getInstance() : node;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      // the first is cut off here, the last may be by a run that was killed
      return MissingNode.getInstance();
    }
  }

  /** Means over the lines of the replicas. */
  private static Map<String, Double> means(List<JsonNode> rows) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (JsonNode row : rows) {
      for (Map.Entry<String, JsonNode> field : row.properties()) {
        if (field.getValue().isNumber()) {
          double[] sum = sums.computeIfAbsent(field.getKey(), name -> new double[2]);
          sum[0] += field.getValue().asDouble();
          sum[1]++;
        }
      }
    }
    Map<String, Double> means = new LinkedHashMap<>();
    sums.forEach((name, sum) -> means.put(name, sum[0] / sum[1]));
    return means;
  }

  /** A value in a word. */
  private static String text(JsonNode value) {
    if (value.isArray()) {
      return String.join(",", value.valueStream().map(RunReading::text).toList());
    }
    if (value.isObject()) {
      // a probe
      return value.path("name").asText() + ":every=" + value.path("every").asText();
    }
    String text = value.isNull() ? "" : value.asText();
    return value.isDouble() ? text.replaceFirst("\\.0$", "") : text;
  }
}
