package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.noisescape.files.InputFile;
import org.noisescape.runs.MetricsLines;
import org.noisescape.runs.RunDirectory;

/**
 * The measurements of one replica of a run, from {@code metrics.jsonl}, in order of steps.
 *
 * @param replica its number
 * @param rows what was measured, by name, one map a point; {@code step} and {@code epoch} among
 *     them; an object of numbers by names is a number {@code QUANTITY@NAME} each
 * @param shapes what is no number, such as a histogram, by name, a map a row; empty where there is
 *     none at all
 */
public record Metrics(
    int replica, List<Map<String, Double>> rows, List<Map<String, JsonNode>> shapes) {
  /** Name of the file. */
  public static final String FILE = RunDirectory.METRICS;

  /** Stands between a quantity and the layer it was measured of. */
  static final String OF_LAYER = "@";

  /** Numbers of an object that become columns; a larger one is a shape. */
  private static final int MOST_NAMED = 1000;

  /** Copies the lists. */
  public Metrics {
    rows = List.copyOf(rows);
    shapes = List.copyOf(shapes);
  }

  /** Numbers only. */
  public Metrics(int replica, List<Map<String, Double>> rows) {
    this(replica, rows, List.of());
  }

  /** What a line of the file says. */
  private record Row(Map<String, Double> numbers, Map<String, JsonNode> shapes) {
    static Row of(JsonNode line) {
      Row row = new Row(new LinkedHashMap<>(), new LinkedHashMap<>());
      for (Map.Entry<String, JsonNode> field : line.properties()) {
        row.take(field.getKey(), field.getValue());
      }
      return row;
    }

    private void take(String name, JsonNode value) {
      if (value.isNumber()) {
        numbers.put(name, value.asDouble());
      } else if (isNamed(value)) {
        value
            .properties()
            .forEach(
                each -> numbers.put(name + OF_LAYER + each.getKey(), each.getValue().asDouble()));
      } else if (value.isContainerNode()) {
        shapes.put(name, value);
      }
    }

    private static boolean isNamed(JsonNode value) {
      return value.isObject()
          && value.size() <= MOST_NAMED
          && value.valueStream().allMatch(JsonNode::isNumber);
    }

    Row with(Row later) {
      numbers.putAll(later.numbers);
      shapes.putAll(later.shapes);
      return this;
    }
  }

  /**
   * Reads all replicas of a run folder; none where nothing was measured yet.
   *
   * <p>Of two lines of one step the later one counts, and a last line cut short is left out: both
   * come of a run that was killed and resumed.
   */
  public static List<Metrics> read(Path run) {
    Map<Integer, TreeMap<Long, Row>> replicas = new TreeMap<>();
    MetricsLines lines = MetricsLines.read(InputFile.within(run, FILE)).requireWhole();
    lines
        .lines()
        .forEach(
            line ->
                replicas
                    .computeIfAbsent(line.replica(), r -> new TreeMap<>())
                    .merge(line.step(), Row.of(line.node()), Row::with));
    List<Metrics> all = new ArrayList<>();
    replicas.forEach(
        (replica, rows) -> {
          boolean any = rows.values().stream().anyMatch(row -> !row.shapes().isEmpty());
          all.add(
              new Metrics(
                  replica,
                  rows.values().stream().map(Row::numbers).toList(),
                  any ? rows.values().stream().map(Row::shapes).toList() : List.of()));
        });
    return all;
  }

  /** Whether a quantity was measured at all. */
  public boolean has(String name) {
    return rows.stream().anyMatch(row -> row.containsKey(name));
  }

  /** Values of a quantity, NaN where it was not measured. */
  public double[] column(String name) {
    return rows.stream().mapToDouble(row -> row.getOrDefault(name, Double.NaN)).toArray();
  }
}
