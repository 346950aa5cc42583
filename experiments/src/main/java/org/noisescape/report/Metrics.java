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
 *     them
 */
public record Metrics(int replica, List<Map<String, Double>> rows) {
  /** Name of the file. */
  public static final String FILE = RunDirectory.METRICS;

  /** Copies the list. */
  public Metrics {
    rows = List.copyOf(rows);
  }

  /**
   * Reads all replicas of a run folder; none where nothing was measured yet.
   *
   * <p>Of two lines of one step the later one counts, and a last line cut short is left out: both
   * come of a run that was killed and resumed.
   */
  public static List<Metrics> read(Path run) {
    Map<Integer, TreeMap<Long, Map<String, Double>>> replicas = new TreeMap<>();
    MetricsLines lines = MetricsLines.read(InputFile.within(run, FILE)).requireWhole();
    lines.lines().forEach(line -> take(line, replicas));
    List<Metrics> all = new ArrayList<>();
    replicas.forEach((replica, rows) -> all.add(new Metrics(replica, List.copyOf(rows.values()))));
    return all;
  }

  private static void take(
      MetricsLines.Line line, Map<Integer, TreeMap<Long, Map<String, Double>>> replicas) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : line.node().properties()) {
      if (field.getValue().isNumber()) {
        values.put(field.getKey(), field.getValue().asDouble());
      }
    }
    replicas
        .computeIfAbsent(line.replica(), r -> new TreeMap<>())
        .merge(
            line.step(),
            values,
            (old, late) -> {
              Map<String, Double> merged = new LinkedHashMap<>(old);
              merged.putAll(late);
              return merged;
            });
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
