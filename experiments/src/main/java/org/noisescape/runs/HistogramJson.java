package org.noisescape.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noisescape.files.JsonFile;
import org.noisescape.train.Histogram;

/**
 * Histograms in lines of measurements: of one axis {@code {"edges": […], "counts": […]}}, of two
 * {@code {"x_edges": […], "y_edges": […], "counts": [[…], …]}} with a row of counts a bin of x.
 */
public final class HistogramJson {
  private static final String COUNTS = "counts";
  private static final String EDGES = "edges";
  private static final String X = "x_edges";
  private static final String Y = "y_edges";

  /** Most edges of an axis that are believed. */
  private static final int MOST_EDGES = 10_000;

  private HistogramJson() {}

  /** As it stands in a line. */
  static ObjectNode write(Histogram histogram) {
    ObjectNode node = JsonFile.MAPPER.createObjectNode();
    if (histogram.edges().size() == 1) {
      numbers(node.putArray(EDGES), histogram.edges().getFirst());
      counts(node.putArray(COUNTS), histogram.counts(), 0, histogram.bins(0));
      return node;
    }
    numbers(node.putArray(X), histogram.edges().get(0));
    numbers(node.putArray(Y), histogram.edges().get(1));
    ArrayNode rows = node.putArray(COUNTS);
    for (int x = 0; x < histogram.bins(0); x++) {
      counts(rows.addArray(), histogram.counts(), x * histogram.bins(1), histogram.bins(1));
    }
    return node;
  }

  private static void numbers(ArrayNode into, double... numbers) {
    for (double number : numbers) {
      into.add(number);
    }
  }

  private static void counts(ArrayNode into, long[] counts, int from, int size) {
    for (int i = from; i < from + size; i++) {
      into.add(counts[i]);
    }
  }

  /** The histogram that a value of a line is; empty where it is none. */
  public static Optional<Histogram> read(JsonNode node) {
    boolean flat = node.path(EDGES).isArray();
    List<double[]> edges = new ArrayList<>();
    for (String axis : flat ? List.of(EDGES) : List.of(X, Y)) {
      JsonNode values = node.path(axis);
      if (!values.isArray() || values.size() < 2 || values.size() > MOST_EDGES) {
        return Optional.empty();
      }
      edges.add(values.valueStream().mapToDouble(value -> value.asDouble(Double.NaN)).toArray());
    }
    List<Long> counts = new ArrayList<>();
    for (JsonNode row : flat ? List.of(node.path(COUNTS)) : node.path(COUNTS)) {
      int columns = edges.getLast().length - 1;
      if (!row.isArray() || row.size() != columns) {
        return Optional.empty();
      }
      for (JsonNode count : row) {
        if (!count.isIntegralNumber() || !count.canConvertToLong() || count.longValue() < 0) {
          return Optional.empty();
        }
        counts.add(count.longValue());
      }
    }
    try {
      return Optional.of(
          new Histogram(edges, counts.stream().mapToLong(Long::longValue).toArray()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
