package org.noisescape.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.noisescape.files.JsonFile;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Cells;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Span;

/**
 * A figure as JSON, {@code NAME.json} beside its drawing: what {@link StoredFigure} reads and draws
 * again, in whatever style, without computing anything.
 *
 * <p>Numbers have nine significant digits, as many as a float32 needs; what is no finite number is
 * null. Long curves hold the points that are drawn.
 */
final class FigureData {
  static final String ENDING = ".json";

  static final String NAME = "name";
  static final String TITLE = "title";
  static final String CAPTION = "caption";
  static final String GEOMETRIC = "geometric";
  static final String MARKS = "marks";
  static final String KIND = "kind";
  static final String PLOT = "plot";
  static final String COLOUR = "colour";

  private static final MathContext DIGITS = new MathContext(9);

  private FigureData() {}

  /**
   * The JSON.
   *
   * @param geometry of the drawing beside it, where it was drawn
   */
  static ObjectNode of(Figure figure, Optional<PlotGeometry> geometry) {
    ObjectNode node = JsonFile.MAPPER.createObjectNode();
    node.put(NAME, figure.name());
    node.put(TITLE, figure.title());
    node.put(CAPTION, figure.caption());
    axis(node.putObject("x"), figure.x());
    axis(node.putObject("y"), figure.y());
    if (figure.geometric()) {
      node.put(GEOMETRIC, true);
    }
    ArrayNode marks = node.putArray(MARKS);
    for (Mark mark : figure.marks()) {
      mark(marks.addObject(), mark);
    }
    geometry.ifPresent(plot -> plot(node.putObject(PLOT), plot));
    return node;
  }

  private static void axis(ObjectNode node, Axis axis) {
    node.put("label", axis.label());
    node.put("scale", word(axis.scale()));
    if (!axis.categories().isEmpty()) {
      axis.categories().forEach(node.putArray("categories")::add);
    }
  }

  private static void mark(ObjectNode node, Mark mark) {
    node.put(KIND, mark.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    node.put(NAME, mark.name());
    if (mark instanceof Points points) {
      int[] all = IntStream.range(0, points.x().length).toArray();
      node.put(COLOUR, points.colour());
      numbers(node.putArray("x"), points.x(), all);
      numbers(node.putArray("y"), points.y(), all);
      if (points.error().length > 0) {
        numbers(node.putArray("error"), points.error(), all);
      }
    } else if (mark instanceof Line line) {
      int[] kept = Thinning.kept(line.y(), line.y());
      node.put(COLOUR, line.colour());
      node.put("stroke", word(line.stroke()));
      numbers(node.putArray("x"), line.x(), kept);
      numbers(node.putArray("y"), line.y(), kept);
    } else if (mark instanceof Band band) {
      int[] kept = Thinning.kept(band.lower(), band.upper());
      node.put(COLOUR, band.colour());
      numbers(node.putArray("x"), band.x(), kept);
      numbers(node.putArray("lower"), band.lower(), kept);
      numbers(node.putArray("upper"), band.upper(), kept);
    } else if (mark instanceof Span span) {
      node.put(COLOUR, span.colour());
      number(node, "from", span.from());
      number(node, "to", span.to());
    } else if (mark instanceof Cells cells) {
      node.put("scale", word(cells.scale()));
      ArrayNode rows = node.putArray("rows");
      for (int row = 0; row < cells.values().length; row++) {
        ObjectNode object = rows.addObject();
        double[] values = cells.values()[row];
        numbers(object.putArray("values"), values, IntStream.range(0, values.length).toArray());
        ArrayNode labels = object.putArray("labels");
        for (String label : cells.labels()[row]) {
          labels.add(label == null ? "" : label);
        }
      }
    }
  }

  private static void plot(ObjectNode node, PlotGeometry plot) {
    number(node, "left", plot.left());
    number(node, "top", plot.top());
    number(node, "width", plot.width());
    number(node, "height", plot.height());
    reach(node.putObject("x"), plot.x());
    reach(node.putObject("y"), plot.y());
  }

  private static void reach(ObjectNode node, PlotGeometry.Reach reach) {
    number(node, "low", reach.low());
    number(node, "high", reach.high());
    node.put("scale", word(reach.scale()));
  }

  /** A constant as the files have it. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void numbers(ArrayNode list, double[] values, int... kept) {
    for (int i : kept) {
      list.add(rounded(values[i]));
    }
  }

  private static void number(ObjectNode node, String name, double value) {
    node.put(name, rounded(value));
  }

  private static Double rounded(double value) {
    return Double.isFinite(value)
        ? (Double) BigDecimal.valueOf(value).round(DIGITS).doubleValue()
        : null;
  }
}
