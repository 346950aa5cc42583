package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/**
 * A quantity as {@code probe --json} wrote it: a number, a list or a density, of one replica or
 * several, with whatever else it tells.
 *
 * @param file name of the file without its ending
 * @param key of the quantity
 * @param node what stands there
 */
record ProbedQuantity(String file, String key, JsonNode node) {
  private static final Set<String> KNOWN =
      Set.of(
          "value",
          "values",
          "standard_error",
          "residual",
          "exact",
          "converged",
          "k",
          "products",
          "seconds",
          "cost_in_gradients");

  /** Replicas whose numbers are shown. */
  private static final int MOST_REPLICAS = 8;

  /** Eigenvalues that have a symbol each. */
  private static final int SYMBOLS = 50;

  /** The quantities of the files of a run. */
  static List<ProbedQuantity> all(Map<String, JsonNode> probes) {
    List<ProbedQuantity> all = new ArrayList<>();
    probes.forEach(
        (file, json) ->
            json.properties()
                .forEach(
                    each -> all.add(new ProbedQuantity(file, each.getKey(), each.getValue()))));
    return all;
  }

  /** Whether it has the form of a quantity; else it is shown as it stands. */
  boolean isQuantity() {
    return node.isObject() && (node.has("value") || node.has("values"));
  }

  boolean isReplicated() {
    return node.has("values");
  }

  /** Replicas that are shown. */
  int replicas() {
    return isReplicated() ? Math.min(node.path("values").size(), MOST_REPLICAS) : 1;
  }

  /** Something of it, of a replica. */
  JsonNode of(String name, int replica) {
    if (!isReplicated()) {
      return node.path(name);
    }
    return name.equals("value")
        ? node.path("values").path(replica)
        : node.has(name) ? node.path(name).path(replica) : MissingNode.getInstance();
  }

  JsonNode error(int replica) {
    return of(errorKind(), replica);
  }

  /** What its errors are, where it has any. */
  String errorKind() {
    return node.has("residual") ? "residual" : "standard_error";
  }

  /** Whether it is a number, or undefined where it should be one. */
  boolean isNumber() {
    return isQuantity() && IntStream.range(0, replicas()).noneMatch(r -> of("value", r).isArray());
  }

  boolean isDensity() {
    return isQuantity() && of("grid", 0).isArray();
  }

  boolean isConfusion() {
    return key.equals("confusion") || key.endsWith("_confusion");
  }

  /** Names of what else it tells. */
  List<String> extras() {
    return node.properties().stream()
        .map(Map.Entry::getKey)
        .filter(name -> !KNOWN.contains(name))
        .toList();
  }

  /** What it is called, with the number it was asked for. */
  String title() {
    String name = key.replace('_', '-');
    return node.path("k").isNumber() ? name + ":" + node.path("k").asText() : name;
  }

  /** Figures of its lists: values by rank with their errors, densities, histograms. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    if (!isQuantity() || isConfusion()) {
      return figures;
    }
    String name = ColumnFamily.fileName(file + "-" + key);
    if (isDensity()) {
      FigureBuilder density =
          Figure.titled(name, "Density of the eigenvalues, " + title())
              .x("Eigenvalue")
              .logY("Density");
      DensityOverlay.add(density, 0, "", node);
      figures.add(density.captioned(DensityOverlay.CAPTION + " From " + file + "."));
    } else if (!isNumber()) {
      figures.add(ranked(name));
    }
    for (String extra : extras()) {
      JsonNode value = of(extra, 0);
      boolean ranks = extra.equals("grid") || (value.isArray() && value.size() < 2);
      if (value.isContainerNode() && !ranks) {
        ShapeFigures.figure(
                name + "-" + extra,
                title() + ": " + extra.replace('_', ' '),
                value,
                "From " + file + (replicas() > 1 ? ", replica 0." : "."))
            .ifPresent(figures::add);
      }
    }
    return figures;
  }

  private Figure ranked(String name) {
    FigureBuilder figure = Figure.titled(name, title());
    boolean positive = true;
    for (int r = 0; r < replicas(); r++) {
      double[] values = numbers(of("value", r));
      double[] errors =
          Arrays.stream(Arrays.copyOf(numbers(error(r)), values.length))
              .map(e -> e > 0 ? e : 0)
              .toArray();
      double[] ranks = IntStream.rangeClosed(1, values.length).asDoubleStream().toArray();
      positive &= Arrays.stream(values).allMatch(value -> value > 0 || Double.isNaN(value));
      int most = Math.min(values.length, SYMBOLS);
      figure
          .line("", r, Stroke.THIN, ranks, values)
          .points(
              replicas() > 1 ? "replica " + r : "",
              r,
              Arrays.copyOf(ranks, most),
              Arrays.copyOf(values, most),
              Arrays.copyOf(errors, most));
    }
    String bars =
        node.has("residual")
            ? " Bars: residuals."
            : node.has("standard_error") ? " Bars: ± standard error." : "";
    String converged = node.path("converged").asBoolean(true) ? "" : " Not converged.";
    return figure
        .x("Rank")
        .y(title(), positive ? Scale.LOG : Scale.LINEAR)
        .captioned("By rank, from " + file + "." + bars + converged);
  }

  private static double[] numbers(JsonNode list) {
    double[] numbers = new double[list.size()];
    Arrays.setAll(numbers, i -> list.path(i).isNumber() ? list.path(i).asDouble() : Double.NaN);
    return numbers;
  }
}
