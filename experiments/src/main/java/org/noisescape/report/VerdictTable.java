package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;

/** Verdicts, criteria and numbers of all experiments of a page in one table. */
final class VerdictTable {
  private static final List<String> PRESETS = List.of("quick", "standard", "paper");
  private static final String COLUMNS = "6";

  private VerdictTable() {}

  /** The experiments that have an outcome, by id, preset, name. */
  static List<ReportedRun> judged(List<ReportedRun> runs) {
    return runs.stream()
        .filter(run -> !run.folder().outcome().isMissingNode())
        .sorted(
            Comparator.comparing((ReportedRun run) -> id(run))
                .thenComparing(run -> PRESETS.indexOf(preset(run)))
                .thenComparing(ReportedRun::name))
        .toList();
  }

  static void append(Html html, List<ReportedRun> judged) {
    html.open("div", "class", "scroll").open("table", "class", "verdicts");
    html.open("thead").open("tr").element("th", "quantity");
    head(html);
    html.close("tr").close("thead");
    for (ReportedRun run : judged) {
      html.open("tbody").open("tr");
      html.open("th", "colspan", COLUMNS, "class", "group").open("div", "class", "held");
      html.element("a", id(run), "href", "#" + run.anchor());
      html.raw(" · ").raw(Html.escape(preset(run) + " · " + run.name())).raw(" ");
      String status = run.folder().status();
      html.element("span", status, "class", "judged " + RunSection.badge(status));
      html.open("details").element("summary", "Criterion");
      html.element("p", run.folder().outcome().path("criterion").asText());
      html.close("details").close("div").close("th").close("tr");
      rows(html, run.folder().outcome().path("measurements"));
      html.close("tbody");
      rivals(html, run.folder().outcome());
    }
    html.close("table").close("div");
  }

  /** Names of the columns behind the first. */
  private static void head(Html html) {
    for (String name : List.of("value ± SE", "theory", "tolerance", "noticed")) {
      html.element("th", name, "class", "number");
    }
    html.element("th", "verdict");
  }

  /** The numbers of an experiment beside its theory, then beside each rival. */
  static void table(Html html, JsonNode outcome) {
    html.open("div", "class", "scroll").open("table", "class", "verdicts");
    html.open("thead").open("tr");
    html.element("th", "quantity");
    head(html);
    html.close("tr").close("thead").open("tbody");
    rows(html, outcome.path("measurements"));
    html.close("tbody");
    rivals(html, outcome);
    html.close("table").close("div");
  }

  private static void rivals(Html html, JsonNode outcome) {
    for (JsonNode rival : outcome.path("rivals")) {
      String verdict = rival.path("verdict").asText();
      html.open("tbody").open("tr").open("th", "colspan", COLUMNS, "class", "group");
      html.raw(Html.escape("rival: " + rival.path("name").asText())).raw(" ");
      html.element("span", verdict, "class", "judged");
      html.close("th").close("tr");
      rows(html, rival.path("measurements"));
      html.close("tbody");
    }
  }

  private static void rows(Html html, JsonNode measurements) {
    measurements.forEach(each -> row(html, each));
  }

  /** One number of an experiment. */
  private static void row(Html html, JsonNode measurement) {
    html.open("tr").element("td", measurement.path("name").asText(), "class", "words");
    double value = number(measurement.path("value"));
    double error = number(measurement.path("standard_error"));
    String shown = NumberText.withError(value, error);
    html.element("td", shown, "class", "number", "data-head", "value");
    for (String name : List.of("theory", "tolerance", "noticed")) {
      String text = NumberText.of(number(measurement.path(name)));
      html.element("td", text, "class", "number", "data-head", name);
    }
    String verdict = measurement.path("verdict").asText();
    html.element("td", verdict, "class", "judged " + RunSection.badge(verdict)).close("tr");
  }

  private static String id(ReportedRun run) {
    return run.folder().outcome().path("id").asText();
  }

  private static String preset(ReportedRun run) {
    return run.folder().outcome().path("preset").asText();
  }

  private static double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : Double.NaN;
  }
}
