package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.files.LineInput;
import org.noisescape.runs.Annotations;

/** One run in a report. */
final class RunSection {
  private static final int ROWS_SHOWN = 60;
  private static final int ROWS_OPEN = 20;
  private final RunFolder run;
  private final ReportedRun place;
  private final boolean folded;

  /**
   * The section of a run.
   *
   * @param folded whether all but heading and end is shown on request only
   */
  RunSection(ReportedRun place, boolean folded) {
    this.run = place.folder();
    this.place = place;
    this.folded = folded;
  }

  /** Style of a verdict or an end. */
  static String badge(String status) {
    return switch (status) {
      case "AGREES", "COMPLETED" -> "good";
      case "DISAGREES", "DIVERGED" -> "bad";
      default -> "open";
    };
  }

  void appendTo(Html html) throws IOException {
    html.open("section", "id", place.anchor(), "class", folded ? "folded" : "whole");
    html.element("h1", run.title());
    if (run.isExperiment()) {
      html.element(
          "p",
          "%s · preset %s · %s"
              .formatted(
                  run.manifest().path("id").asText(),
                  run.manifest().path("preset").asText(),
                  run.manifest().path("source").asText()),
          "class",
          "muted");
    }
    html.element("p", place.name(), "class", "muted");
    annotations(html);
    html.open("p").element("span", run.status(), "class", "badge " + badge(run.status()));
    html.raw(" ").raw(Html.escape(run.outcome().path("reason").asText())).close("p");
    if (folded) {
      html.open("details").element("summary", "Figures, numbers, configuration");
    }
    new SettingsPart(run).appendTo(html);
    if (!run.outcome().isMissingNode()) {
      criterion(html);
      VerdictTable.table(html, run.outcome());
    } else {
      new LastMeasurement(run.metrics()).appendTo(html);
    }
    figures(html);
    if (!run.isExperiment()) {
      ClassMatrix.of(run.metrics(), run.probes()).forEach(matrix -> matrix.appendTo(html));
    }
    ProbeSection.append(html, run.probes());
    pairs(html, "Provenance", provenance(), false);
    for (Path table : run.tables()) {
      table(html, table);
    }
    if (folded) {
      html.close("details");
    }
    html.close("section");
  }

  private void annotations(Html html) {
    Annotations said = Annotations.read(run.path());
    if (!said.tags().isEmpty()) {
      html.open("p");
      said.tags().forEach(tag -> html.element("span", tag, "class", "tag"));
      html.close("p");
    }
    for (Annotations.Note note : said.notes()) {
      html.open("p").element("span", note.time(), "class", "muted");
      html.raw(" ").raw(Html.escape(note.text())).close("p");
    }
  }

  private void criterion(Html html) {
    html.open("details").element("summary", "Criterion, fixed before the run");
    html.element("p", run.outcome().path("criterion").asText()).close("details");
  }

  private void figures(Html html) {
    if (run.figures().isEmpty()) {
      return;
    }
    html.open("div", "class", "figures");
    for (FigureFiles.Drawn figure : run.figures()) {
      figure(html, figure, "run" + place.number() + "-");
    }
    html.close("div");
  }

  /**
   * Appends a drawing with its caption.
   *
   * @param prefix of its identifiers, unique within the page
   */
  static void figure(Html html, FigureFiles.Drawn figure, String prefix) {
    html.open("figure").raw(InlineSvg.of(figure, prefix));
    html.open("figcaption").element("strong", figure.title());
    html.raw(" ").raw(Html.escape(figure.caption()));
    html.close("figcaption").raw(PageScript.numbers(figure)).close("figure");
  }

  private Map<String, String> provenance() {
    Map<String, String> pairs = new LinkedHashMap<>();
    pairs.put("folder", run.path().toString());
    for (String key :
        List.of(
            "noisescape",
            "commit",
            "started",
            "command_line",
            "seed",
            "engine",
            "precision",
            "threads",
            "java",
            "system",
            "train_samples",
            "test_samples",
            "validation_samples",
            "data",
            "resumed")) {
      JsonNode node = run.manifest().path(key);
      RunFolder.flat(node).forEach((name, value) -> pairs.put((key + " " + name).strip(), value));
    }
    return pairs;
  }

  static void pairs(Html html, String title, Map<String, String> pairs, boolean open) {
    if (pairs.isEmpty()) {
      return;
    }
    html.raw(open ? "<details open=\"open\">" : "<details>").element("summary", title);
    html.open("dl", "class", "pairs");
    pairs.forEach(
        (key, value) -> html.open("div").element("dt", key).element("dd", value).close("div"));
    html.close("dl").close("details");
  }

  private static void table(Html html, Path file) {
    List<String> lines = LineInput.all(file);
    if (lines.isEmpty()) {
      return;
    }
    int rows = lines.size() - 1;
    int every = Math.max(1, (rows + ROWS_SHOWN - 1) / ROWS_SHOWN);
    String shown = every == 1 ? "" : ", every " + ordinal(every) + " of " + rows + " rows";
    html.raw(rows <= ROWS_OPEN ? "<details open=\"open\">" : "<details>");
    html.element("summary", "Table " + file.getFileName() + shown);
    html.open("div", "class", "scroll").open("table", "class", "small");
    cells(html, "th", lines.getFirst());
    for (int i = 0; i < rows; i += every) {
      cells(html, "td", lines.get(i + 1));
    }
    html.close("table").close("div").close("details");
  }

  /** Such as 2nd, 11th, 23rd. */
  static String ordinal(int number) {
    boolean teen = number % 100 / 10 == 1;
    String end =
        switch (number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
    return number + (teen ? "th" : end);
  }

  private static void cells(Html html, String tag, String line) {
    html.open("tr");
    for (String cell : line.split(",", -1)) {
      html.element(tag, readable(cell));
    }
    html.close("tr");
  }

  private static String readable(String cell) {
    try {
      return cell.isEmpty() ? "" : NumberText.of(Double.parseDouble(cell));
    } catch (NumberFormatException e) {
      return cell;
    }
  }
}
