package org.noisescape.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.cells.CellState;
import org.noisescape.report.Html;
import org.noisescape.report.NumberText;

/**
 * The tables of a sweep's page: what failed, all cells, what was asked for.
 *
 * @param folder the sweep
 * @param results all its cells
 * @param html takes the tables
 */
record CellTables(SweepFolder folder, List<CellResult> results, Html html) {
  /** Numbers a row; all of them are in cells.csv. */
  private static final int COLUMNS = 8;

  /** Rows of a table; all of them are in cells.csv. */
  static final int ROWS = 1000;

  /** Failed cells that are shown with the end of their log. */
  private static final int FAILURES = 100;

  /** What failed, why, and the end of its log. */
  void failures() throws IOException {
    List<CellResult> failed =
        results.stream().filter(result -> result.state() == CellState.FAILED).toList();
    if (failed.isEmpty()) {
      return;
    }
    html.open("section").element("h2", "Failed cells");
    html.element(
        "p",
        "They are tried again with: noisescape sweep --resume " + folder.path(),
        "class",
        "muted");
    for (CellResult result : failed.subList(0, Math.min(FAILURES, failed.size()))) {
      html.open("details", "id", "failed-" + result.cell().number());
      html.element("summary", result.cell().title() + ": " + result.reason());
      html.open("pre", "class", "small", "style", "white-space: pre-wrap; overflow-wrap: anywhere");
      for (String line : folder.of(result.cell()).failure().lines()) {
        html.raw(Html.escape(line) + "\n");
      }
      html.close("pre").close("details");
    }
    cut(html, failed.size(), FAILURES);
    html.close("section");
  }

  /** A row a cell: settings, how it ended, numbers, and the link to its own report. */
  void all(List<String> quantities) {
    List<String> shown = quantities.subList(0, Math.min(COLUMNS, quantities.size()));
    List<String> keys = List.copyOf(folder.request().grid().axes().keySet());
    boolean seeds = results.stream().anyMatch(result -> result.cell().seedNamed());
    html.open("section").element("h2", "All cells");
    html.open("p", "class", "muted").raw("Everything with all digits: ");
    html.element("a", SweepFolder.TABLE, "href", SweepFolder.TABLE).close("p");
    html.open("div", "class", "scroll").open("table", "class", "small").open("tr");
    html.element("th", "cell");
    keys.forEach(key -> html.element("th", key));
    if (seeds) {
      html.element("th", "seed", "class", "number");
    }
    html.element("th", "outcome");
    shown.forEach(name -> html.element("th", SweepFigures.readable(name), "class", "number"));
    html.close("tr");
    for (CellResult result : results.subList(0, Math.min(ROWS, results.size()))) {
      html.open("tr");
      link(result);
      keys.forEach(key -> html.element("td", result.cell().settings().get(key)));
      if (seeds) {
        html.element("td", Long.toString(result.cell().seed()), "class", "number");
      }
      String style =
          result.status().equals("INCONCLUSIVE") ? "open" : good(result) ? "good" : "bad";
      html.element("td", result.status(), "class", "judged " + style);
      numbers(result, shown);
      html.close("tr");
    }
    html.close("table").close("div");
    cut(html, results.size(), ROWS);
    html.close("section");
  }

  /** Says how much of a table is not shown. */
  static void cut(Html html, int all, int most) {
    if (all > most) {
      html.element(
          "p", "The first %d of %d; all are in %s.".formatted(most, all, SweepFolder.TABLE));
    }
  }

  private static boolean good(CellResult result) {
    return result.state() == CellState.DONE && !result.status().equals("DISAGREES");
  }

  private void link(CellResult result) {
    Cell cell = result.cell();
    html.open("td");
    if (Files.exists(folder.of(cell).report())) {
      String report = "cells/" + cell.name() + "/" + folder.of(cell).report().getFileName();
      html.element("a", Integer.toString(cell.number()), "href", report);
    } else {
      html.raw(Integer.toString(cell.number()));
    }
    html.close("td");
  }

  private void numbers(CellResult result, List<String> shown) {
    if (result.members().isEmpty()) {
      if (!shown.isEmpty()) {
        html.element("td", result.reason(), "colspan", Integer.toString(shown.size()));
      }
      return;
    }
    SeedAverage one = new SeedAverage(result.cell().settings(), List.of(result));
    for (String name : shown) {
      SeedAverage.Mean mean = one.mean(name);
      html.element("td", NumberText.withError(mean.value(), mean.error()), "class", "number");
    }
  }

  /** What was asked for, by what, and when. */
  void request() {
    Map<String, String> pairs = new LinkedHashMap<>();
    pairs.put("folder", folder.path().toString());
    for (Map.Entry<String, JsonNode> entry : folder.description().properties()) {
      switch (entry.getKey()) {
        case "kind", "cells" -> {}
        case "command_line" -> pairs.put("command line", words(entry.getValue()));
        case "resumed" -> pairs.put("resumed", entry.getValue().size() + " times");
        default -> flat(entry.getKey().replace('_', ' '), entry.getValue(), pairs);
      }
    }
    html.open("details").element("summary", "What was asked for").open("dl", "class", "pairs");
    pairs.forEach(
        (key, value) -> html.open("div").element("dt", key).element("dd", value).close("div"));
    html.close("dl").close("details");
  }

  private static void flat(String name, JsonNode node, Map<String, String> pairs) {
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> flat(name + " " + entry.getKey(), entry.getValue(), pairs));
    } else if (!node.asText().isEmpty() || node.isArray()) {
      pairs.put(name, node.isArray() ? words(node) : node.asText());
    }
  }

  private static String words(JsonNode list) {
    return String.join(" ", list.valueStream().map(JsonNode::asText).toList());
  }
}
