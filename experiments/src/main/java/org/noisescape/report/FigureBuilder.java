package org.noisescape.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Cells;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Span;
import org.noisescape.report.Figure.Stroke;

/**
 * Puts a {@link Figure} together, mark by mark, from back to front.
 *
 * <p>Axes are evenly spaced unless a method's name or its argument says otherwise. Measured lines
 * are solid, those of the theory dashed, those of a second one dotted. Where marks come from a list
 * of items, its functions give abscissa, ordinate and standard error of each.
 */
public final class FigureBuilder {
  private final String name;
  private final String title;
  private final List<Mark> marks = new ArrayList<>();
  private Axis x = new Axis("", Scale.LINEAR);
  private Axis y = new Axis("", Scale.LINEAR);
  private boolean geometric;

  FigureBuilder(String name, String title) {
    this.name = name;
    this.title = title;
  }

  /** The horizontal axis, evenly spaced. */
  public FigureBuilder x(String label) {
    return x(label, Scale.LINEAR);
  }

  /** The horizontal axis, by decades. */
  public FigureBuilder logX(String label) {
    return x(label, Scale.LOG);
  }

  /** The horizontal axis. */
  public FigureBuilder x(String label, Scale scale) {
    return x(new Axis(label, scale));
  }

  /** The horizontal axis. */
  public FigureBuilder x(Axis axis) {
    x = axis;
    return this;
  }

  /** The vertical axis, evenly spaced. */
  public FigureBuilder y(String label) {
    return y(label, Scale.LINEAR);
  }

  /** The vertical axis, by decades. */
  public FigureBuilder logY(String label) {
    return y(label, Scale.LOG);
  }

  /** The vertical axis. */
  public FigureBuilder y(String label, Scale scale) {
    return y(new Axis(label, scale));
  }

  /** The vertical axis. */
  public FigureBuilder y(Axis axis) {
    y = axis;
    return this;
  }

  /** A unit is as long on both axes, so that a circle is one. */
  public FigureBuilder geometric() {
    geometric = true;
    return this;
  }

  /** Symbols; with error bars where a fifth argument gives standard errors. */
  public FigureBuilder points(String entry, int colour, double[] abscissas, double[] ordinates) {
    return add(new Points(entry, colour, abscissas, ordinates));
  }

  /** Symbols with error bars. */
  public FigureBuilder points(
      String entry, int colour, double[] abscissas, double[] ordinates, double[] errors) {
    return add(new Points(entry, colour, abscissas, ordinates, errors));
  }

  /** A symbol an item. */
  public <T> FigureBuilder points(
      String entry,
      int colour,
      Collection<T> items,
      ToDoubleFunction<? super T> abscissa,
      ToDoubleFunction<? super T> ordinate) {
    return points(entry, colour, column(items, abscissa), column(items, ordinate));
  }

  /** A symbol with an error bar an item. */
  public <T> FigureBuilder points(
      String entry,
      int colour,
      Collection<T> items,
      ToDoubleFunction<? super T> abscissa,
      ToDoubleFunction<? super T> ordinate,
      ToDoubleFunction<? super T> error) {
    return points(
        entry, colour, column(items, abscissa), column(items, ordinate), column(items, error));
  }

  /** A solid line. */
  public FigureBuilder line(String entry, int colour, double[] abscissas, double[] ordinates) {
    return line(entry, colour, Stroke.SOLID, abscissas, ordinates);
  }

  /** A dashed line. */
  public FigureBuilder dashed(String entry, int colour, double[] abscissas, double[] ordinates) {
    return line(entry, colour, Stroke.DASHED, abscissas, ordinates);
  }

  /** A dotted line. */
  public FigureBuilder dotted(String entry, int colour, double[] abscissas, double[] ordinates) {
    return line(entry, colour, Stroke.DOTTED, abscissas, ordinates);
  }

  /** A line. */
  public FigureBuilder line(
      String entry, int colour, Stroke stroke, double[] abscissas, double[] ordinates) {
    return add(new Line(entry, colour, stroke, abscissas, ordinates));
  }

  /** A solid line through a point an item. */
  public <T> FigureBuilder line(
      String entry,
      int colour,
      Collection<T> items,
      ToDoubleFunction<? super T> abscissa,
      ToDoubleFunction<? super T> ordinate) {
    return line(entry, colour, Stroke.SOLID, items, abscissa, ordinate);
  }

  /** A dashed line through a point an item. */
  public <T> FigureBuilder dashed(
      String entry,
      int colour,
      Collection<T> items,
      ToDoubleFunction<? super T> abscissa,
      ToDoubleFunction<? super T> ordinate) {
    return line(entry, colour, Stroke.DASHED, items, abscissa, ordinate);
  }

  /** A line through a point an item. */
  public <T> FigureBuilder line(
      String entry,
      int colour,
      Stroke stroke,
      Collection<T> items,
      ToDoubleFunction<? super T> abscissa,
      ToDoubleFunction<? super T> ordinate) {
    return line(entry, colour, stroke, column(items, abscissa), column(items, ordinate));
  }

  /** A line of a function. */
  public FigureBuilder line(
      String entry, int colour, Stroke stroke, double[] abscissas, DoubleUnaryOperator function) {
    return line(entry, colour, stroke, abscissas, Arrays.stream(abscissas).map(function).toArray());
  }

  /** An entry of the legend for lines of several colours that are stroked alike. */
  public FigureBuilder entry(String entry, Stroke stroke) {
    return line(entry, Figure.INK, stroke, new double[0], new double[0]);
  }

  /** A level line between two abscissas. */
  public FigureBuilder level(
      String entry, int colour, Stroke stroke, double[] ends, double ordinate) {
    return line(entry, colour, stroke, ends, new double[] {ordinate, ordinate});
  }

  /** Symbols with error bars, those that are no number left out, over a line through them. */
  public FigureBuilder joined(
      String entry,
      int colour,
      Stroke stroke,
      double[] abscissas,
      double[] ordinates,
      double[] errors) {
    double[] bars = Arrays.stream(errors).map(error -> Double.isNaN(error) ? 0 : error).toArray();
    return line("", colour, stroke, abscissas, ordinates)
        .points(entry, colour, abscissas, ordinates, bars);
  }

  /** A shaded band of ordinates ± a spread. */
  public FigureBuilder spread(int colour, double[] abscissas, double[] ordinates, double[] spread) {
    double[] lower = new double[ordinates.length];
    double[] upper = new double[ordinates.length];
    for (int i = 0; i < ordinates.length; i++) {
      lower[i] = ordinates[i] - spread[i];
      upper[i] = ordinates[i] + spread[i];
    }
    return band("", colour, abscissas, lower, upper);
  }

  /** A shaded band. */
  public FigureBuilder band(
      String entry, int colour, double[] abscissas, double[] lower, double[] upper) {
    return add(new Band(entry, colour, abscissas, lower, upper));
  }

  /** A shaded interval of the horizontal axis. */
  public FigureBuilder span(String text, int colour, double from, double to) {
    return add(new Span(text, colour, from, to));
  }

  /** A map of cells. */
  public FigureBuilder cells(String meaning, Scale scale, double[][] values, String[][] labels) {
    return add(new Cells(meaning, scale, values, labels));
  }

  /** Whether there are no marks yet. */
  public boolean isEmpty() {
    return marks.isEmpty();
  }

  /** Any mark. */
  public FigureBuilder add(Mark mark) {
    marks.add(mark);
    return this;
  }

  /**
   * The figure.
   *
   * @param caption what is seen, a sentence or two
   */
  public Figure captioned(String caption) {
    return new Figure(name, title, caption, x, y, marks, geometric);
  }

  private static <T> double[] column(Collection<T> items, ToDoubleFunction<? super T> function) {
    return items.stream().mapToDouble(function).toArray();
  }
}
