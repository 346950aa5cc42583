package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.noisescape.files.InputFile;
import org.noisescape.files.JsonFile;
import org.noisescape.runs.RunDirectory;

/**
 * What a report reads of a run folder.
 *
 * @param path the folder
 * @param manifest {@code manifest.json}
 * @param outcome {@code outcome.json} of an experiment, or what it had when it was stopped, else a
 *     missing node
 * @param result {@code result.json} of a training, else a missing node
 * @param figures what was drawn
 * @param metrics of a training, by replica
 * @param probes what {@code probe --json} said, of files {@code probe….json} in the folder, by name
 */
record RunFolder(
    Path path,
    JsonNode manifest,
    JsonNode outcome,
    JsonNode result,
    List<FigureFiles.Drawn> figures,
    List<Metrics> metrics,
    Map<String, JsonNode> probes) {
  private static final String PROBES = "probes";

  /**
   * Reads a folder; figures of a training are drawn anew, those of an experiment are there.
   *
   * @param keep whether the figures of a training are also written into its folder
   * @throws IllegalArgumentException in one line where it holds no run
   */
  static RunFolder read(Path path, boolean keep) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new IllegalArgumentException(path + ": no such run folder");
    }
    if (!Files.exists(path.resolve(RunDirectory.MANIFEST))) {
      throw new IllegalArgumentException(
          path + " holds no run: there is no manifest.json; name a folder given to --out");
    }
    JsonNode manifest = RunFacts.manifest(path);
    boolean experiment = manifest.path("kind").asText().equals("experiment");
    List<Metrics> metrics = experiment ? List.of() : Metrics.read(path);
    Map<String, JsonNode> probes = probes(path);
    List<Figure> figures = new ArrayList<>(TrainingFigures.of(metrics));
    ClassMatrix.of(metrics, probes).forEach(matrix -> figures.add(matrix.figure()));
    ProbedQuantity.all(probes).forEach(each -> figures.addAll(each.figures()));
    return new RunFolder(
        path,
        manifest,
        RunFacts.outcome(path),
        RunFacts.result(path),
        experiment ? FigureFiles.read(path) : drawn(path, named(figures), keep),
        metrics,
        probes);
  }

  /** No name twice: columns of users' probes may come to the same. */
  private static List<Figure> named(List<Figure> figures) {
    Set<String> taken = new HashSet<>();
    List<Figure> named = new ArrayList<>();
    for (Figure figure : figures) {
      String name = figure.name();
      for (int n = 2; !taken.add(name); n++) {
        name = figure.name() + "-" + n;
      }
      named.add(
          new Figure(
              name,
              figure.title(),
              figure.caption(),
              figure.x(),
              figure.y(),
              figure.marks(),
              figure.geometric()));
    }
    return named;
  }

  private static List<FigureFiles.Drawn> drawn(Path path, List<Figure> figures, boolean keep)
      throws IOException {
    return keep
        ? FigureFiles.drawTraining(path, figures)
        : figures.stream().map(FigureFiles::draw).toList();
  }

  private static Map<String, JsonNode> probes(Path path) throws IOException {
    Map<String, JsonNode> probes = new TreeMap<>();
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("probe") && name.endsWith(".json")) {
          probes.put(
              name.substring(0, name.length() - ".json".length()),
              JsonFile.object(InputFile.within(path, name)));
        }
      }
    }
    return probes;
  }

  boolean isExperiment() {
    return manifest.path("kind").asText().equals("experiment");
  }

  /** Heading of the run. */
  String title() {
    if (isExperiment()) {
      return manifest.path("title").asText(manifest.path("id").asText());
    }
    JsonNode configuration = manifest.path("configuration");
    return "Training %s on %s"
        .formatted(
            configuration.path("model").asText("?"), configuration.path("dataset").asText("?"));
  }

  /** Verdict, or how a training ended. */
  String status() {
    if (!outcome.isMissingNode()) {
      String verdict = outcome.path("verdict").asText();
      return outcome.path("partial").asBoolean() ? "PARTIAL, so far " + verdict : verdict;
    }
    return result.isMissingNode() ? "UNFINISHED" : result.path("outcome").asText();
  }

  /** The configuration of a training by its keys, the probes as one of them. */
  Map<String, String> configuration() {
    return configuration(manifest.path("configuration"));
  }

  /** The same of a configuration as JSON. */
  static Map<String, String> configuration(JsonNode configuration) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : configuration.properties()) {
      if (entry.getKey().equals(PROBES)) {
        List<String> probes = new ArrayList<>();
        entry
            .getValue()
            .forEach(
                probe -> {
                  String text = String.join(" every ", flat(probe).values());
                  probes.add(text.replaceFirst(" every 1epoch$", ""));
                });
        settings.put(PROBES, String.join(", ", probes));
      } else {
        flat(entry.getValue())
            .forEach((key, value) -> settings.put((entry.getKey() + " " + key).strip(), value));
      }
    }
    return settings;
  }

  /** Names of the tables, the shortest first. */
  List<Path> tables() throws IOException {
    Path folder = path.resolve("tables");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".csv"))
          .map(file -> InputFile.within(path, path.relativize(file).toString()))
          .sorted(java.util.Comparator.comparingLong((Path file) -> file.toFile().length()))
          .toList();
    }
  }

  /** Leaves of a JSON tree by their path. */
  static Map<String, String> flat(JsonNode node) {
    Map<String, String> leaves = new LinkedHashMap<>();
    flatten("", node, leaves);
    return leaves;
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> leaves) {
    boolean words = node.isArray() && node.valueStream().noneMatch(JsonNode::isContainerNode);
    if (words) {
      leaves.put(prefix, String.join(" ", node.valueStream().map(JsonNode::asText).toList()));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(prefix + " " + (i + 1), node.get(i), leaves);
      }
    } else if (node.isObject()) {
      node.properties()
          .forEach(
              entry ->
                  flatten(
                      prefix.isEmpty() ? entry.getKey() : prefix + " " + entry.getKey(),
                      entry.getValue(),
                      leaves));
    } else if (!node.isMissingNode()) {
      String text = node.isNull() ? "–" : node.asText();
      leaves.put(prefix, node.isDouble() ? text.replaceFirst("\\.0$", "") : text);
    }
  }
}
