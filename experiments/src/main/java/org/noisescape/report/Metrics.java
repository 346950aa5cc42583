package org.noisescape.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The measurements of one replica of a run, from {@code metrics.jsonl}, in order of steps.
 *
 * @param replica its number
 * @param rows what was measured, by name, one map a point; {@code step} and {@code epoch} among
 *     them
 */
public record Metrics(int replica, List<Map<String, Double>> rows) {
  /** Name of the file. */
  public static final String FILE = "metrics.jsonl";

  private static final ObjectMapper JSON = new ObjectMapper();

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
    Path file = run.resolve(FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    Map<Integer, TreeMap<Long, Map<String, Double>>> replicas = new TreeMap<>();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).isBlank()) {
          continue;
        }
        try {
          take(JSON.readTree(lines.get(i)), replicas);
        } catch (JsonProcessingException e) {
          if (i < lines.size() - 1) {
            throw new IllegalArgumentException(
                file + ", line " + (i + 1) + " is not JSON: " + e.getOriginalMessage(), e);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
    List<Metrics> all = new ArrayList<>();
    replicas.forEach((replica, rows) -> all.add(new Metrics(replica, List.copyOf(rows.values()))));
    return all;
  }

  private static void take(
      JsonNode line, Map<Integer, TreeMap<Long, Map<String, Double>>> replicas) {
    if (!line.path("step").isNumber()) {
      return;
    }
    Map<String, Double> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : line.properties()) {
      if (field.getValue().isNumber()) {
        values.put(field.getKey(), field.getValue().asDouble());
      }
    }
    replicas
        .computeIfAbsent(line.path("replica").asInt(0), r -> new TreeMap<>())
        .merge(
            line.path("step").asLong(),
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
