package org.noisescape.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything that decides the results of a sweep.
 *
 * @param subject id of an experiment, or {@link #TRAIN}
 * @param preset size of the experiment, empty for trainings
 * @param grid settings that vary
 * @param fixed settings of all cells
 * @param dataset data set for every part of an experiment, or empty
 * @param seed the first seed
 * @param count N of {@code --seeds}
 * @param seeds what becomes of them
 * @param engine engine, or {@code auto}
 * @param precision label of the precision
 */
public record SweepRequest(
    String subject,
    String preset,
    Grid grid,
    Map<String, String> fixed,
    String dataset,
    long seed,
    int count,
    Seeds seeds,
    String engine,
    String precision) {
  /** The subject of a sweep over plain training. */
  public static final String TRAIN = "train";

  /** More are a mistake. */
  private static final int MOST_CELLS = 100_000;

  /** Checks what needs nobody else. */
  public SweepRequest {
    fixed = Collections.unmodifiableMap(new LinkedHashMap<>(fixed));
    if (count < 1) {
      throw new IllegalArgumentException("--seeds must be >= 1, got " + count);
    }
    for (String key : grid.axes().keySet()) {
      if (fixed.containsKey(key)) {
        throw new IllegalArgumentException(
            "'%s' is in --grid and in --set: leave one out".formatted(key));
      }
    }
    double cells = seeds == Seeds.CELLS ? count : 1;
    for (List<String> values : grid.axes().values()) {
      cells *= values.size();
    }
    if (cells > MOST_CELLS) {
      throw new IllegalArgumentException(
          "the grid has %.0f cells, at most %d are possible: leave out values"
              .formatted(cells, MOST_CELLS));
    }
  }

  /** All cells, seeds of one point next to each other. */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    int each = seeds == Seeds.CELLS ? count : 1;
    for (Map<String, String> point : grid.points()) {
      for (int s = 0; s < each; s++) {
        cells.add(new Cell(cells.size() + 1, point, seed + s, each > 1));
      }
    }
    return cells;
  }

  boolean isTraining() {
    return subject.equals(TRAIN);
  }

  /** As JSON: what {@code sweep.json} begins with. */
  ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("kind", "sweep");
    node.put("subject", subject);
    node.put("preset", preset);
    ObjectNode axes = node.putObject("grid");
    grid.axes()
        .forEach(
            (key, values) -> {
              ArrayNode list = axes.putArray(key);
              values.forEach(list::add);
            });
    ObjectNode set = node.putObject("set");
    fixed.forEach(set::put);
    node.put("dataset", dataset);
    node.put("seed", seed);
    node.put("seeds", count);
    node.put("seeds_are", seeds.label());
    node.put("engine", engine);
    node.put("precision", precision);
    return node;
  }

  /** Of what {@link #toJson} made. */
  static SweepRequest fromJson(JsonNode node) {
    Map<String, List<String>> axes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> axis : node.path("grid").properties()) {
      List<String> values = new ArrayList<>();
      axis.getValue().forEach(value -> values.add(value.asText()));
      axes.put(axis.getKey(), values);
    }
    Map<String, String> fixed = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.path("set").properties()) {
      fixed.put(entry.getKey(), entry.getValue().asText());
    }
    return new SweepRequest(
        node.path("subject").asText(),
        node.path("preset").asText(),
        new Grid(axes),
        fixed,
        node.path("dataset").asText(),
        node.path("seed").asLong(),
        node.path("seeds").asInt(),
        Seeds.valueOf(node.path("seeds_are").asText().toUpperCase(Locale.ROOT)),
        node.path("engine").asText(),
        node.path("precision").asText());
  }
}
