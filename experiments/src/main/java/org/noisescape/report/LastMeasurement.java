package org.noisescape.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.noisescape.runs.ReplicaMean;

/** The tables of what was measured last: a row a quantity, and of layers a row a layer. */
final class LastMeasurement {
  /** Rows of a table that is open; of a longer one the rest is shown on request. */
  private static final int ROWS_OPEN = 14;

  /** Replicas that have a column each; of more the mean is shown. */
  private static final int MOST_REPLICAS = 8;

  private final List<Metrics> replicas;
  private final MeasuredColumns columns;

  LastMeasurement(List<Metrics> replicas) {
    this.replicas = replicas;
    this.columns = new MeasuredColumns(replicas);
  }

  void appendTo(Html html) {
    if (replicas.isEmpty()) {
      return;
    }
    Map<String, Double> last = replicas.getFirst().rows().getLast();
    html.element("h2", "Last measurement");
    html.element(
        "p",
        "Step %s, epoch %s; what was measured earlier says at which epoch."
            .formatted(
                NumberText.of(last.getOrDefault("step", Double.NaN)),
                NumberText.of(last.getOrDefault("epoch", Double.NaN))),
        "class",
        "muted");
    Map<String, Map<String, String>> layers = new LinkedHashMap<>();
    Set<String> layered = new LinkedHashSet<>();
    List<String> rows = new ArrayList<>();
    for (MeasuredColumns.Family family : columns.families()) {
      for (String column : family.columns()) {
        int layer = column.indexOf(Metrics.OF_LAYER);
        if (layer > 0) {
          String quantity = column.substring(0, layer);
          layered.add(quantity);
          layers
              .computeIfAbsent(column.substring(layer + 1), name -> new LinkedHashMap<>())
              .put(quantity, cell(replicas.getFirst(), column));
        } else if (!column.contains("_class_accuracy_")) {
          rows.add(row(column));
        }
      }
    }
    int first = rows.size() <= ROWS_OPEN + 3 ? rows.size() : ROWS_OPEN;
    table(html, rows.subList(0, first));
    if (first < rows.size()) {
      html.open("details").element("summary", rows.size() - first + " more quantities");
      table(html, rows.subList(first, rows.size()));
      html.close("details");
    }
    if (!layers.isEmpty()) {
      layers(html, layered, layers);
    }
  }

  private void table(Html html, List<String> rows) {
    if (rows.isEmpty()) {
      return;
    }
    html.open("div", "class", "scroll").open("table", "class", "last").open("tr");
    html.element("th", "quantity");
    for (String head : heads()) {
      html.element("th", head, "class", "number");
    }
    html.close("tr");
    rows.forEach(html::raw);
    html.close("table").close("div");
  }

  private List<String> heads() {
    if (replicas.size() == 1) {
      return List.of("value ± error");
    }
    return replicas.size() > MOST_REPLICAS
        ? List.of("mean of " + replicas.size() + " replicas ± SE")
        : replicas.stream().map(each -> "replica " + each.replica()).toList();
  }

  private String row(String column) {
    Html html = new Html();
    html.open("tr").element("td", column, "class", "name");
    if (replicas.size() > MOST_REPLICAS) {
      double[] values =
          replicas.stream()
              .map(each -> last(each, column))
              .flatMap(Optional::stream)
              .mapToDouble(row -> row.get(column))
              .toArray();
      ReplicaMean mean = ReplicaMean.of(values);
      String text = NumberText.withError(mean.mean(), mean.standardError());
      html.element("td", text, "class", "number");
    } else {
      replicas.forEach(each -> html.element("td", cell(each, column), "class", "number"));
    }
    return html.close("tr").toString();
  }

  /** The value with its error, and what must be known of it. */
  private String cell(Metrics metrics, String column) {
    Optional<Map<String, Double>> found = last(metrics, column);
    if (found.isEmpty()) {
      return "–";
    }
    Map<String, Double> row = found.get();
    double error = columns.error(column).map(name -> row.getOrDefault(name, 0.0)).orElse(0.0);
    StringBuilder text = new StringBuilder(NumberText.withError(row.get(column), error));
    boolean failed =
        columns.converged(column).map(flag -> row.getOrDefault(flag, 1.0) == 0).orElse(false);
    text.append(failed ? " (not converged)" : "");
    columns
        .freedom(column)
        .map(row::get)
        .ifPresent(n -> text.append(" (").append(NumberText.of(n)).append(" d.o.f.)"));
    if (!row.equals(metrics.rows().getLast())) {
      text.append(" (epoch ").append(NumberText.of(row.getOrDefault("epoch", Double.NaN)));
      text.append(')');
    }
    return text.toString();
  }

  private static Optional<Map<String, Double>> last(Metrics metrics, String column) {
    return metrics.rows().reversed().stream().filter(row -> row.containsKey(column)).findFirst();
  }

  private void layers(Html html, Set<String> quantities, Map<String, Map<String, String>> layers) {
    html.raw(layers.size() <= ROWS_OPEN ? "<details open=\"open\">" : "<details>");
    String whose = replicas.size() > 1 ? ", replica " + replicas.getFirst().replica() : "";
    html.element("summary", "By layer" + whose);
    html.open("div", "class", "scroll").open("table", "class", "small").open("tr");
    html.element("th", "layer");
    quantities.forEach(each -> html.element("th", each, "class", "number"));
    html.close("tr");
    layers.forEach(
        (layer, values) -> {
          html.open("tr").element("td", layer, "class", "name");
          quantities.forEach(
              each -> html.element("td", values.getOrDefault(each, "–"), "class", "number"));
          html.close("tr");
        });
    html.close("table").close("div").close("details");
  }
}
