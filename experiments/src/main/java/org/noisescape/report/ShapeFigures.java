package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Scale;

/** Figures of what was measured and is no number: histograms and lists. */
final class ShapeFigures {
  /** Intervals of a map over epochs. */
  private static final int INTERVALS = 40;

  /** Where an empty interval is drawn among decades. */
  private static final double EMPTY = 0.5;

  private ShapeFigures() {}

  /**
   * Of each quantity its last histogram, and how it came to it.
   *
   * @param replicated whether there are other replicas, which are not drawn
   */
  static List<Figure> of(Metrics metrics, boolean replicated) {
    List<Figure> figures = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    metrics.shapes().forEach(row -> names.addAll(row.keySet()));
    String end = replicated ? " Replica " + metrics.replica() + "." : "";
    for (String name : names) {
      TreeMap<Double, JsonNode> course = new TreeMap<>();
      for (int i = 0; i < metrics.shapes().size(); i++) {
        JsonNode node = metrics.shapes().get(i).get(name);
        if (node != null) {
          course.put(metrics.rows().get(i).getOrDefault("epoch", Double.NaN), node);
        }
      }
      Map.Entry<Double, JsonNode> last = course.lastEntry();
      String where = "At epoch " + NumberText.of(last.getKey()) + "." + end;
      figure(name, words(name), last.getValue(), where).ifPresent(figures::add);
      course(name, course, end).ifPresent(figures::add);
    }
    return figures;
  }

  /** The figure of a histogram or a list of numbers; nothing where it is neither. */
  static Optional<Figure> figure(String name, String title, JsonNode node, String caption) {
    Optional<BinnedCounts> histogram = BinnedCounts.of(node);
    FigureBuilder figure = Figure.titled(ColumnFamily.fileName(name), title);
    if (histogram.isEmpty()) {
      return list(figure, title, node).map(drawn -> drawn.captioned(caption));
    }
    if (histogram.get().isSimple()) {
      steps(figure, histogram.get(), title);
    } else {
      map(figure, histogram.get());
    }
    return Optional.of(figure.captioned(caption));
  }

  private static Optional<FigureBuilder> list(FigureBuilder figure, String title, JsonNode node) {
    if (!node.isArray() || node.isEmpty() || !node.valueStream().allMatch(JsonNode::isNumber)) {
      return Optional.empty();
    }
    double[] values = node.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    double[] ranks = IntStream.rangeClosed(1, values.length).asDoubleStream().toArray();
    return Optional.of(figure.x("Place").y(title).line("", 0, ranks, values));
  }

  private static void steps(FigureBuilder figure, BinnedCounts histogram, String title) {
    double[] counts = histogram.counts()[0];
    // intervals by powers have one width each, and their middles beside them
    double[] edges =
        histogram.isUneven()
            ? Abscissas.even(-0.5, counts.length - 0.5, counts.length)
            : histogram.x();
    double[] x = new double[2 * counts.length + 2];
    double[] y = new double[x.length];
    x[0] = edges[0];
    x[x.length - 1] = edges[counts.length];
    for (int i = 0; i < counts.length; i++) {
      x[2 * i + 1] = edges[i];
      x[2 * i + 2] = edges[i + 1];
      y[2 * i + 1] = counts[i];
      y[2 * i + 2] = counts[i];
    }
    boolean decades = edges[0] > 0 && edges[counts.length] / edges[0] > 100;
    if (histogram.isUneven()) {
      figure.x(Axis.of(title, middles(histogram.x())));
    } else {
      figure.x(title, decades ? Scale.LOG : Scale.LINEAR);
    }
    if (histogram.isUneven()) {
      // counts of intervals so different are of different orders too
      figure.logY("Count").line("", 0, x, Arrays.stream(y).map(c -> Math.max(c, EMPTY)).toArray());
    } else {
      figure.y("Count").line("", 0, x, y);
    }
  }

  private static void map(FigureBuilder figure, BinnedCounts histogram) {
    int columns = histogram.x().length - 1;
    int rows = histogram.y().length - 1;
    double[][] values = new double[rows][columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        values[row][column] = seen(histogram.counts()[column][row]);
      }
    }
    figure
        .x(Axis.of("Gradient", middles(histogram.x())))
        .y(Axis.of("Parameter", middles(histogram.y())))
        .cells("Count", Scale.LOG, values, labels(values));
  }

  /** BinnedCountss of one quantity over the epochs, in common intervals. */
  private static Optional<Figure> course(
      String name, TreeMap<Double, JsonNode> course, String end) {
    Map<Double, BinnedCounts> found = new LinkedHashMap<>();
    course.forEach(
        (epoch, node) ->
            BinnedCounts.of(node)
                .filter(BinnedCounts::isSimple)
                .ifPresent(h -> found.put(epoch, h)));
    if (found.size() < 2) {
      return Optional.empty();
    }
    List<Map.Entry<Double, BinnedCounts>> all = List.copyOf(found.entrySet());
    int stride = (all.size() + FamilyFigure.MAP_WIDTH - 1) / FamilyFigure.MAP_WIDTH;
    List<Map.Entry<Double, BinnedCounts>> shown =
        IntStream.range(0, (all.size() + stride - 1) / stride)
            .mapToObj(i -> all.get(i * stride))
            .toList();
    double low = shown.stream().mapToDouble(e -> e.getValue().x()[0]).min().orElse(0);
    double high =
        shown.stream()
            .mapToDouble(e -> e.getValue().x()[e.getValue().x().length - 1])
            .max()
            .orElse(1);
    double[] own = shown.getFirst().getValue().x();
    boolean common = shown.stream().allMatch(e -> Arrays.equals(e.getValue().x(), own));
    double[] edges = common ? own : Abscissas.even(low, high, INTERVALS);
    double[][] values = new double[edges.length - 1][shown.size()];
    for (int i = 0; i < shown.size(); i++) {
      double[] counts = shown.get(i).getValue().within(edges);
      for (int row = 0; row < values.length; row++) {
        values[row][i] = seen(counts[row]);
      }
    }
    return Optional.of(
        Figure.titled(ColumnFamily.fileName(name + "-course"), words(name) + " over the epochs")
            .x(Axis.of("Epoch", shown.stream().map(e -> NumberText.of(e.getKey())).toList()))
            .y(Axis.of(words(name), middles(edges)))
            .cells("Count", Scale.LOG, values, labels(values))
            .captioned("Counts in " + values.length + " intervals, against epochs done." + end));
  }

  /** Where nothing was counted there is no colour. */
  private static double seen(double count) {
    return count > 0 ? count : Double.NaN;
  }

  private static List<String> middles(double[] edges) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i + 1 < edges.length; i++) {
      names.add(NumberText.of((edges[i] + edges[i + 1]) / 2));
    }
    return Collections.unmodifiableList(names);
  }

  private static String[][] labels(double[][] values) {
    return Arrays.stream(values)
        .map(row -> Arrays.stream(row).mapToObj(NumberText::of).toArray(String[]::new))
        .toArray(String[][]::new);
  }

  private static String words(String name) {
    return ColumnFamilies.unknown(name).title();
  }
}
