package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code probe --json} said of a run, as tables: a file a table. */
final class ProbeSection {
  /** Numbers of a list that stand in a cell. */
  private static final int LONGEST = 12;

  private ProbeSection() {}

  static void append(Html html, Map<String, JsonNode> probes) {
    for (Map.Entry<String, JsonNode> probe : probes.entrySet()) {
      List<ProbedQuantity> all = ProbedQuantity.all(Map.of(probe.getKey(), probe.getValue()));
      html.element("h2", "Measured at a checkpoint: " + probe.getKey() + ".json");
      html.open("div", "class", "scroll").open("table").open("tr");
      for (String head : List.of("quantity", "value ± error", "", "products", "seconds", "more")) {
        html.element("th", head);
      }
      html.close("tr");
      for (ProbedQuantity each : all) {
        if (each.isQuantity()) {
          quantity(html, each);
        } else {
          html.open("tr").element("td", each.key(), "class", "name");
          html.element("td", shown(each.node()), "colspan", "5", "class", "words").close("tr");
        }
      }
      html.close("table").close("div");
    }
  }

  private static void quantity(Html html, ProbedQuantity each) {
    for (int r = 0; r < each.replicas(); r++) {
      String replica = each.replicas() > 1 ? " [" + r + "]" : "";
      html.open("tr").element("td", each.title() + replica, "class", "name");
      html.element("td", value(each, r), "class", "words");
      boolean exact = each.node().path("exact").asBoolean();
      boolean converged = each.node().path("converged").asBoolean(true);
      html.element("td", converged ? exact ? "exact" : "" : "not converged");
      html.element("td", shown(each.of("products", r)), "class", "number");
      html.element("td", shown(each.of("seconds", r)), "class", "number");
      html.element("td", more(each, r), "class", "words").close("tr");
    }
  }

  private static String value(ProbedQuantity each, int replica) {
    JsonNode value = each.of("value", replica);
    JsonNode error = each.error(replica);
    if (value.isNumber()) {
      return NumberText.withError(value.asDouble(), error.asDouble());
    }
    if (!value.isArray()) {
      return "undefined";
    }
    if (value.size() > LONGEST) {
      return value.size() + " values, drawn above";
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      texts.add(NumberText.withError(value.path(i).asDouble(Double.NaN), error.path(i).asDouble()));
    }
    return String.join(", ", texts);
  }

  /** What else there is to tell, its errors beside it. */
  private static String more(ProbedQuantity each, int replica) {
    List<String> texts = new ArrayList<>();
    for (String name : each.extras()) {
      JsonNode found = each.of(name, replica);
      boolean error = name.endsWith("_standard_error");
      if (error || found.isMissingNode() || found.isNull()) {
        continue;
      }
      double of = each.of(name + "_standard_error", replica).asDouble();
      String text = found.isNumber() ? NumberText.withError(found.asDouble(), of) : shown(found);
      texts.add(name.replace('_', ' ') + " " + text);
    }
    return String.join("; ", texts);
  }

  /** Anything in a line. */
  private static String shown(JsonNode node) {
    if (node.isNumber()) {
      return NumberText.of(node.asDouble());
    }
    if (node.isArray()) {
      boolean many = node.size() > LONGEST;
      return many
          ? node.size() + " entries"
          : String.join(", ", node.valueStream().map(ProbeSection::shown).toList());
    }
    if (node.isObject()) {
      List<String> parts = new ArrayList<>();
      node.properties().forEach(e -> parts.add(e.getKey() + ": " + shown(e.getValue())));
      return parts.size() > LONGEST ? parts.size() + " entries" : String.join(", ", parts);
    }
    return node.isMissingNode() ? "" : node.asText();
  }
}
