package org.noisescape.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.noisescape.files.Fields;
import org.noisescape.files.WrongFile;
import org.noisescape.tensor.EngineOptions;

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
 * @param threads CPU threads of a cell
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
    String precision,
    int threads) {
  /** The subject of a sweep over plain training. */
  public static final String TRAIN = "train";

  /** More are a mistake. */
  private static final int MOST_CELLS = 1_000_000;

  /** Checks what needs nobody else. */
  public SweepRequest {
    fixed = Collections.unmodifiableMap(new LinkedHashMap<>(fixed));
    if (count < 1) {
      throw new IllegalArgumentException("--seeds must be >= 1, got " + count);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("--threads must be >= 1, got " + threads);
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

  /** The same on another number of threads. */
  public SweepRequest withThreads(int number) {
    return new SweepRequest(
        subject, preset, grid, fixed, dataset, seed, count, seeds, engine, precision, number);
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
    node.put("threads", threads);
    return node;
  }

  /**
   * Of what {@link #toJson} made, or someone else.
   *
   * @throws WrongFile naming the field that is wrong
   */
  static SweepRequest fromJson(Fields file) {
    if (!file.text("kind").equals("sweep")) {
      throw file.wrong("kind", "\"sweep\"");
    }
    Map<String, List<String>> axes = new LinkedHashMap<>();
    Fields grid = file.object("grid");
    grid.node().fieldNames().forEachRemaining(key -> axes.put(key, grid.texts(key)));
    file.object("set");
    try {
      return new SweepRequest(
          file.text("subject"),
          file.text("preset"),
          new Grid(axes),
          file.textsByName("set"),
          file.text("dataset"),
          file.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE),
          (int) file.integer("seeds", 1, Integer.MAX_VALUE),
          file.choice("seeds_are", text -> Seeds.valueOf(text.toUpperCase(Locale.ROOT))),
          file.text("engine"),
          file.text("precision"),
          (int) file.integer("threads", 1, EngineOptions.MOST_THREADS));
    } catch (WrongFile e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new WrongFile(file.file(), e.getMessage(), e);
    }
  }
}
