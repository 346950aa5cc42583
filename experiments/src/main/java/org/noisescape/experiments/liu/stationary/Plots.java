package org.noisescape.experiments.liu.stationary;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Stroke;

/** Marks that the figures of these experiments share. */
public final class Plots {
  /** Colours: measured, discrete theory, continuous theory, the text's formula. */
  public static final int MEASURED = 0;

  public static final int DISCRETE = Figure.INK;
  public static final int CONTINUOUS = 1;
  public static final int TEXT = 2;

  private static final int SAMPLES = 200;

  private Plots() {}

  /** Measured points with error bars. */
  public static Points points(String name, int colour, List<GridPoint> points) {
    return points(name, colour, points, p -> 1);
  }

  /** The same over a theory. */
  public static Points points(
      String name, int colour, List<GridPoint> points, ToDoubleFunction<GridPoint> theory) {
    return new Points(
        name,
        colour,
        Column.of(points, p -> p.label().x()),
        Column.of(points, p -> p.value() / theory.applyAsDouble(p)),
        Column.of(points, p -> p.standardError() / theory.applyAsDouble(p)));
  }

  /** A function over a range, at 200 places. */
  public static Line line(
      String name, int colour, Stroke stroke, double[] range, DoubleUnaryOperator f) {
    double[] x = new double[SAMPLES];
    double[] y = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      x[i] = range[0] + (range[1] - range[0]) * i / (SAMPLES - 1);
      y[i] = f.applyAsDouble(x[i]);
    }
    return new Line(name, colour, stroke, x, y);
  }

  /** A number with four digits, without trailing zeros. */
  public static String number(double value) {
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  /** Smallest and largest abscissa. */
  public static double[] range(List<GridPoint> points) {
    return new double[] {
      points.stream().mapToDouble(p -> p.label().x()).min().orElseThrow(),
      points.stream().mapToDouble(p -> p.label().x()).max().orElseThrow()
    };
  }
}
