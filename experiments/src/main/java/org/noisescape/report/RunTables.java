package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.noisescape.files.WholeFile;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Cells;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.runs.Annotations;

/**
 * The numbers of runs as tables for other programs.
 *
 * <p>Measurements are wide: a row is what was measured of a replica at a step, a column a quantity
 * or its error. That is what was observed together; a hundred quantities as rows would repeat run,
 * settings and step a hundred times, and pandas and R make one of the other in a line.
 */
final class RunTables {
  private static final String ENDING = ".csv";
  private static final String CONFIG = "config.";

  private final List<ReportedRun> runs;
  private final List<Path> written = new ArrayList<>();

  private RunTables(List<ReportedRun> runs) {
    this.runs = runs;
  }

  /**
   * Writes them.
   *
   * @param target a file, {@code NAME.csv}, for the measurements alone; else a folder for all
   * @return the files, in their order
   */
  static List<Path> write(List<ReportedRun> runs, Path target) throws java.io.IOException {
    RunTables tables = new RunTables(runs);
    if (target.toString().endsWith(ENDING)) {
      WholeFile.folder(target.toAbsolutePath().normalize().getParent());
      tables.write(target, tables.measurements());
      return tables.written;
    }
    Path folder = WholeFile.folder(target);
    tables.write(folder.resolve("measurements.csv"), tables.measurements());
    if (runs.stream().anyMatch(run -> !run.folder().outcome().isMissingNode())) {
      tables.write(folder.resolve("judged.csv"), tables.judged());
    }
    if (runs.stream().anyMatch(run -> !run.folder().probes().isEmpty())) {
      tables.write(folder.resolve("probes.csv"), tables.probes());
    }
    for (ReportedRun run : runs) {
      for (FigureFiles.Drawn drawn : run.folder().figures()) {
        if (drawn.figure().isPresent()) {
          Path place = WholeFile.folder(folder.resolve("figures").resolve(fileName(run)));
          tables.write(place.resolve(drawn.name() + ENDING), figure(drawn.figure().get()));
        }
      }
    }
    return tables.written;
  }

  private void write(Path file, WrittenTable table) throws java.io.IOException {
    WholeFile.write(file, table.toString());
    written.add(file);
  }

  /** The name of a run as one name of a folder. */
  private static String fileName(ReportedRun run) {
    String name = run.name().replaceAll("[^A-Za-z0-9._=-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
    return run.number() + "-" + (name.length() > 100 ? name.substring(name.length() - 100) : name);
  }

  private WrittenTable measurements() {
    List<Map<String, String>> settings =
        runs.stream()
            .map(
                run ->
                    run.folder().isExperiment()
                        ? Map.<String, String>of()
                        : run.folder().configuration())
            .toList();
    List<String> differing = GroupNames.differing(settings);
    Set<String> quantities = new LinkedHashSet<>();
    for (ReportedRun run : runs) {
      for (Metrics metrics : run.folder().metrics()) {
        metrics.rows().forEach(row -> quantities.addAll(row.keySet()));
      }
    }
    quantities.removeAll(List.of("step", "epoch", "replica"));
    List<String> heads = new ArrayList<>(List.of("run", "tags"));
    differing.forEach(key -> heads.add(CONFIG + key));
    heads.addAll(List.of("replica", "step", "epoch"));
    heads.addAll(quantities);
    WrittenTable table = new WrittenTable(heads);
    for (int i = 0; i < runs.size(); i++) {
      ReportedRun run = runs.get(i);
      String tags = String.join(" ", Annotations.read(run.folder().path()).tags());
      for (Metrics metrics : run.folder().metrics()) {
        for (Map<String, Double> row : metrics.rows()) {
          List<String> cells = new ArrayList<>(List.of(run.name(), tags));
          for (String key : differing) {
            cells.add(settings.get(i).getOrDefault(key, "").replaceFirst("^–$", ""));
          }
          cells.add(Integer.toString(metrics.replica()));
          cells.add(WrittenTable.number(row.get("step")));
          cells.add(WrittenTable.number(row.get("epoch")));
          quantities.forEach(quantity -> cells.add(WrittenTable.number(row.get(quantity))));
          table.row(cells);
        }
      }
    }
    return table;
  }

  private WrittenTable judged() {
    List<String> numbers = List.of("value", "standard_error", "theory", "tolerance", "noticed");
    List<String> heads = new ArrayList<>(List.of("run", "tags", "id", "preset", "against"));
    heads.add("quantity");
    heads.addAll(numbers);
    heads.add("verdict");
    WrittenTable table = new WrittenTable(heads);
    for (ReportedRun run : runs) {
      JsonNode outcome = run.folder().outcome();
      Map<String, JsonNode> sides = new LinkedHashMap<>();
      sides.put("theory", outcome.path("measurements"));
      outcome
          .path("rivals")
          .forEach(rival -> sides.put(rival.path("name").asText(), rival.path("measurements")));
      String tags = String.join(" ", Annotations.read(run.folder().path()).tags());
      sides.forEach(
          (against, measured) -> {
            for (JsonNode each : measured) {
              List<String> cells = new ArrayList<>(List.of(run.name(), tags));
              cells.add(outcome.path("id").asText());
              cells.add(outcome.path("preset").asText());
              cells.add(against);
              cells.add(each.path("name").asText());
              numbers.forEach(name -> cells.add(number(each.path(name))));
              cells.add(each.path("verdict").asText());
              table.row(cells);
            }
          });
    }
    return table;
  }

  /** Long, since quantities are numbers and lists of any length. */
  private WrittenTable probes() {
    WrittenTable table =
        new WrittenTable(
            List.of(
                "run",
                "file",
                "quantity",
                "replica",
                "place",
                "value",
                "error",
                "error_kind",
                "exact",
                "converged"));
    for (ReportedRun run : runs) {
      for (ProbedQuantity each : ProbedQuantity.all(run.folder().probes())) {
        for (int r = 0; each.isQuantity() && r < each.replicas(); r++) {
          JsonNode value = each.of("value", r);
          JsonNode error = each.error(r);
          String kind = error.isMissingNode() ? "" : each.errorKind();
          int count = value.isArray() ? value.size() : 1;
          for (int place = 0; place < count; place++) {
            boolean list = value.isArray();
            table.row(
                List.of(
                    run.name(),
                    each.file(),
                    each.title(),
                    Integer.toString(r),
                    list ? Integer.toString(place + 1) : "",
                    number(list ? value.path(place) : value),
                    number(list ? error.path(place) : error),
                    kind,
                    each.node().path("exact").asText(),
                    each.node().path("converged").asText()));
          }
        }
      }
    }
    return table;
  }

  /** A row a point: of a band its edges, of a map the names of row and column. */
  private static WrittenTable figure(Figure figure) {
    WrittenTable table =
        new WrittenTable(List.of("mark", "kind", "series", "x", "y", "error", "lower", "upper"));
    int number = 0;
    for (Mark mark : figure.marks()) {
      String index = Integer.toString(++number);
      if (mark instanceof Points points) {
        for (int i = 0; i < points.x().length; i++) {
          double error = points.error().length == 0 ? Double.NaN : points.error()[i];
          row(
              table,
              index,
              "points",
              mark,
              points.x()[i],
              points.y()[i],
              error,
              Double.NaN,
              Double.NaN);
        }
      } else if (mark instanceof Line line) {
        for (int i = 0; i < line.x().length; i++) {
          row(
              table,
              index,
              "line",
              mark,
              line.x()[i],
              line.y()[i],
              Double.NaN,
              Double.NaN,
              Double.NaN);
        }
      } else if (mark instanceof Band band) {
        for (int i = 0; i < band.x().length; i++) {
          row(
              table,
              index,
              "band",
              mark,
              band.x()[i],
              Double.NaN,
              Double.NaN,
              band.lower()[i],
              band.upper()[i]);
        }
      } else if (mark instanceof Cells cells) {
        cells(table, index, figure, cells);
      }
    }
    return table;
  }

  private static void cells(WrittenTable table, String index, Figure figure, Cells cells) {
    for (int row = 0; row < cells.values().length; row++) {
      for (int column = 0; column < cells.values()[row].length; column++) {
        table.row(
            List.of(
                index,
                "cell",
                figure.y().categories().get(row),
                figure.x().categories().get(column),
                WrittenTable.number(cells.values()[row][column]),
                "",
                "",
                ""));
      }
    }
  }

  private static void row(
      WrittenTable table, String index, String kind, Mark mark, double... numbers) {
    List<String> cells = new ArrayList<>(List.of(index, kind, mark.name()));
    for (double each : numbers) {
      cells.add(WrittenTable.number(each));
    }
    table.row(cells);
  }

  private static String number(JsonNode node) {
    return node.isNumber() ? WrittenTable.number(node.asDouble()) : "";
  }
}
