package org.noisescape.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.noisescape.cells.CellState;
import org.noisescape.report.Figure;
import org.noisescape.report.FigureFiles;
import org.noisescape.report.Html;
import org.noisescape.report.NumberText;
import org.noisescape.report.ReportPage;

/**
 * {@code sweep.html}: all cells of a sweep on one page that needs no other file, but for its links
 * to the reports of the cells.
 */
public final class SweepReport {
  /** Quantities shown unfolded. */
  private static final int OPEN = 6;

  /** Cells whose figures are drawn within a few seconds. */
  private static final int SOON = 1000;

  /** Values of a setting that the heading names. */
  private static final int MOST_TOLD = 10;

  private final SweepFolder folder;
  private final List<CellResult> results;
  private final List<SeedAverage> points;
  private final SweepAxes axes;
  private final ReportPage page;
  private final Html html;

  private SweepReport(SweepFolder folder, List<CellResult> results) throws IOException {
    this.folder = folder;
    this.results = results;
    this.points = SeedAverage.of(results);
    this.axes = SweepAxes.of(folder.request().grid());
    this.page = new ReportPage("Sweep of " + folder.request().subject(), folder.path());
    this.html = page.html();
  }

  /**
   * Writes the table, draws the figures and writes the page.
   *
   * @param stopped whether all waits for this to end: then there is a page of {@value #SOON} cells
   *     at most
   * @return whether there is a page of these results
   */
  public static boolean write(SweepFolder folder, List<CellResult> results, boolean stopped)
      throws IOException {
    SweepTable.write(folder, results);
    if (stopped && results.size() > SOON) {
      return false;
    }
    new SweepReport(folder, results).write();
    return true;
  }

  private void write() throws IOException {
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    List<String> quantities = SeedAverage.quantities(results);
    List<String> names = AxisWords.fileNames(quantities);
    for (int q = 0; q < quantities.size(); q++) {
      String prefix = names.get(q);
      List<Figure> drawn =
          new ArrayList<>(new SweepFigures(axes, points).of(quantities.get(q), prefix));
      drawn.addAll(TrainingCurves.of(axes, points, quantities.get(q), prefix));
      figures.put(quantities.get(q), drawn);
    }
    FigureFiles.write(folder.path(), figures.values().stream().flatMap(List::stream).toList());
    head();
    new CellTables(folder, results, html).failures();
    int shown = 0;
    for (Map.Entry<String, List<Figure>> quantity : figures.entrySet()) {
      quantity(quantity.getKey(), quantity.getValue(), shown++ < OPEN);
    }
    new CellTables(folder, results, html).all(quantities);
    new CellTables(folder, results, html).request();
    page.write(folder.path().resolve(SweepFolder.REPORT));
  }

  private void head() {
    SweepRequest request = folder.request();
    html.open("section").element("h1", "Sweep of " + request.subject());
    String grid =
        String.join(
            " · ",
            request.grid().axes().entrySet().stream()
                .map(axis -> axis.getKey() + " = " + told(axis.getValue()))
                .toList());
    html.element("p", grid.isEmpty() ? "one point" : grid, "class", "muted");
    html.open("p");
    for (CellState state : CellState.values()) {
      long count = results.stream().filter(result -> result.state() == state).count();
      if (count > 0) {
        html.open("span", "class", "badge " + badge(state));
        html.raw(count + " " + state).close("span").raw(" ");
      }
    }
    html.close("p").element("p", seeds(request), "class", "muted").close("section");
  }

  /** The values of a setting, or the first of many and the last. */
  private static String told(List<String> values) {
    return values.size() <= MOST_TOLD
        ? String.join(", ", values)
        : "%s, …, %s (%d values)"
            .formatted(
                String.join(", ", values.subList(0, MOST_TOLD / 2)),
                values.getLast(),
                values.size());
  }

  private static String badge(CellState state) {
    return switch (state) {
      case DONE -> "good";
      case DIVERGED, FAILED -> "bad";
      case OPEN -> "open";
    };
  }

  private static String seeds(SweepRequest request) {
    String cells = request.cells().size() + (request.cells().size() == 1 ? " cell" : " cells");
    return switch (request.seeds()) {
      case REPLICAS ->
          "%s, each a training of %d replica%s of seed %d. Numbers are means over the replicas ± standard error of the mean."
              .formatted(cells, request.count(), request.count() == 1 ? "" : "s", request.seed());
      case SETTING ->
          "%s, each of %d seeds, the experiment's own setting. Standard errors are the experiment's."
              .formatted(cells, request.count());
      case CELLS ->
          request.count() == 1
              ? "%s of seed %d. Standard errors are the experiment's."
                  .formatted(cells, request.seed())
              : "%s, one for each of the %d seeds from %d on. Numbers are means over the seeds ± standard error of the mean."
                  .formatted(cells, request.count(), request.seed());
    };
  }

  private void quantity(String quantity, List<Figure> figures, boolean open) throws IOException {
    String name = SweepFigures.readable(quantity);
    html.open("section");
    if (open) {
      html.element("h2", name);
    } else {
      html.open("details").element("summary", name);
    }
    if (!figures.isEmpty()) {
      page.figures(figures.stream().map(Figure::name).toList());
    }
    html.open("details", "class", "long").element("summary", "Numbers of " + name);
    html.open("div", "class", "scroll").open("table", "class", "small").open("tr");
    Set<String> keys = new LinkedHashSet<>(folder.request().grid().axes().keySet());
    keys.forEach(key -> html.element("th", key));
    for (String head : List.of("mean ± SE", "n", "theory")) {
      html.element("th", head, "class", "number");
    }
    html.close("tr");
    for (SeedAverage point : points.subList(0, Math.min(CellTables.ROWS, points.size()))) {
      SeedAverage.Mean mean = point.mean(quantity);
      html.open("tr");
      keys.forEach(key -> html.element("td", point.settings().get(key)));
      String value =
          mean.seeds() == 0 ? point.missing() : NumberText.withError(mean.value(), mean.error());
      html.element("td", value, "class", "number");
      String n = mean.seeds() + (mean.seeds() == mean.runs() ? "" : " of " + mean.runs());
      html.element("td", n, "class", "number");
      html.element("td", NumberText.of(mean.theory()), "class", "number").close("tr");
    }
    html.close("table").close("div");
    CellTables.cut(html, points.size(), CellTables.ROWS);
    html.close("details");
    if (!open) {
      html.close("details");
    }
    html.close("section");
  }
}
