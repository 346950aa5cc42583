package org.noisescape.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Cells;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Span;

/** The legend of a figure: an entry for every named mark of which something is drawn. */
final class FigureKeys {
  /** Share of a drawing's width that an entry may take. */
  private static final double WIDEST = 0.84;

  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private final Figure figure;
  private final PlotStyle style;

  FigureKeys(Figure figure, PlotStyle style) {
    this.figure = figure;
    this.style = style;
  }

  LegendItemCollection items() {
    LegendItemCollection items = new LegendItemCollection();
    for (Mark mark : figure.marks()) {
      if (!mark.name().isEmpty() && !(mark instanceof Cells) && drawn(mark)) {
        items.add(key(mark));
      }
    }
    return items;
  }

  private LegendItem key(Mark mark) {
    if (mark instanceof Points points) {
      Color colour = PlotStyle.colour(points.colour());
      Shape symbol = style.symbol(points.colour());
      Line through = through(points);
      return through == null
          ? item(mark, symbol, colour, null, colour)
          : item(mark, symbol, colour, stroke(through), colour);
    }
    if (mark instanceof Line line) {
      // a key that stands for lines of several colours has none of them
      boolean several = ofSeveralColours(line);
      int index = several ? Figure.INK : line.colour();
      Color colour = PlotStyle.colour(index);
      Shape symbol = !several && hasSymbols(figure, line) ? style.symbol(line.colour()) : null;
      return item(
          mark, symbol, colour, several ? style.stroke(line.stroke(), 0) : stroke(line), colour);
    }
    int colour = mark instanceof Span span ? span.colour() : ((Band) mark).colour();
    double w = style.scaled(9);
    double h = style.scaled(5);
    return item(
        mark, new Rectangle2D.Double(-w, -h, 2 * w, 2 * h), PlotStyle.shade(colour), null, null);
  }

  private LegendItem item(Mark mark, Shape symbol, Color fill, BasicStroke stroke, Color colour) {
    double half = style.scaled(13);
    boolean line = stroke != null;
    return new LegendItem(
        wrapped(mark.name()),
        null,
        null,
        null,
        symbol != null,
        symbol == null ? new Rectangle2D.Double() : symbol,
        true,
        fill,
        false,
        fill,
        new BasicStroke(),
        line,
        new Line2D.Double(-half, 0, half, 0),
        line ? stroke : new BasicStroke(),
        line ? colour : fill);
  }

  /** How a line of the figure is stroked: those of one kind and other colours differ in dashes. */
  BasicStroke stroke(Line line) {
    Stream<Line> told = lines().filter(other -> other.stroke() == line.stroke());
    if (line.stroke() == Figure.Stroke.THIN) {
      // one of many without an entry of its own stays as the entry for all of them
      told = told.filter(other -> !other.name().isEmpty());
    }
    List<Integer> colours = told.map(Line::colour).distinct().toList();
    return style.stroke(line.stroke(), Math.max(0, colours.indexOf(line.colour())));
  }

  /** Whether a named line stands for lines of other colours that no other name stands for. */
  private boolean ofSeveralColours(Line line) {
    return line.stroke() != Figure.Stroke.SOLID
        && lines()
            .filter(other -> other.stroke() == line.stroke() && other.colour() != line.colour())
            .filter(other -> other.name().isEmpty())
            .anyMatch(
                other ->
                    lines()
                        .noneMatch(
                            named ->
                                !named.name().isEmpty()
                                    && named.stroke() == other.stroke()
                                    && named.colour() == other.colour()));
  }

  private Stream<Line> lines() {
    return figure.marks().stream().filter(Line.class::isInstance).map(Line.class::cast);
  }

  private boolean drawn(Mark mark) {
    if (mark instanceof Points points) {
      return IntStream.range(0, points.x().length)
          .anyMatch(i -> ErrorBar.of(points, i, figure.y().scale()).shown(figure.y().scale()));
    }
    if (mark instanceof Line line) {
      return line.x().length == 0
          ? figure.marks().stream()
              .anyMatch(
                  other ->
                      other instanceof Line l
                          && l.stroke() == line.stroke()
                          && shown(l.y(), figure.y()))
          : shown(line.y(), figure.y());
    }
    return !(mark instanceof Band band) || shown(band.upper(), figure.y());
  }

  private static boolean shown(double[] values, Figure.Axis axis) {
    return Arrays.stream(values)
        .anyMatch(value -> Double.isFinite(value) && (axis.scale() == Scale.LINEAR || value > 0));
  }

  /** A line without a name through the symbols, or null. */
  private Line through(Points points) {
    return figure.marks().stream()
        .filter(mark -> mark.name().isEmpty() && mark instanceof Line)
        .map(Line.class::cast)
        .filter(line -> line.colour() == points.colour() && Arrays.equals(line.x(), points.x()))
        .findFirst()
        .orElse(null);
  }

  /**
   * Whether a measured line has symbols on its way: where there are solid lines of other colours
   * that only the colour would tell apart.
   */
  static boolean hasSymbols(Figure figure, Line line) {
    List<Mark> marks = figure.marks();
    return line.stroke() == Figure.Stroke.SOLID
        && line.colour() != Figure.INK
        && marks.stream()
            .anyMatch(
                mark ->
                    mark instanceof Line other
                        && other.stroke() == Figure.Stroke.SOLID
                        && other.colour() != Figure.INK
                        && other.colour() != line.colour())
        && marks.stream()
            .noneMatch(mark -> mark instanceof Points p && p.colour() == line.colour());
  }

  /** Breaks an entry between words so that each line fits into the drawing. */
  private String wrapped(String name) {
    double room = WIDEST * style.width();
    StringBuilder text = new StringBuilder();
    String line = "";
    for (String word : name.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && Label.of(longer).width(style.font(), CONTEXT) > room) {
        text.append(line).append('\n');
        longer = word;
      }
      line = longer;
    }
    return text.append(line).toString();
  }
}
