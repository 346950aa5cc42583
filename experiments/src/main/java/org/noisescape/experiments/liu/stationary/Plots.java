package org.noisescape.experiments.liu.stationary;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.noisescape.report.Abscissas;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** What the figures of these experiments share. */
public final class Plots {
  /** Colour of what was measured. */
  public static final int MEASURED = 0;

  /** Colour of the theory in discrete time. */
  public static final int DISCRETE = Figure.INK;

  /** Colour of the theory in continuous time. */
  public static final int CONTINUOUS = 1;

  /** Colour of the text's formula. */
  public static final int TEXT = 2;

  private static final int SAMPLES = 200;

  private Plots() {}

  /** Adds the measured points with error bars. */
  public static FigureBuilder simulation(FigureBuilder into, List<GridPoint> points) {
    return into.points(
        "simulation", MEASURED, points, GridPoint::x, GridPoint::value, GridPoint::standardError);
  }

  /** Adds a line of the text's formula with mini-batch noise. */
  static void text(FigureBuilder into, double[] x, DoubleUnaryOperator f) {
    into.line("discrete theory, C = K/S (text)", TEXT, Stroke.DASHED, x, f);
  }

  /**
   * Adds a line of the discrete theory.
   *
   * @param noise which noise it takes, behind a comma; empty where there is one only
   */
  public static void discrete(FigureBuilder into, String noise, double[] x, DoubleUnaryOperator f) {
    into.line("discrete theory" + noise, DISCRETE, Stroke.SOLID, x, f);
  }

  /** Adds a line of the continuous theory. */
  public static void continuous(FigureBuilder into, double[] x, DoubleUnaryOperator f) {
    continuous(into, "continuous theory", x, f);
  }

  /** Adds a line of another theory that comes before the text's. */
  public static void continuous(
      FigureBuilder into, String name, double[] x, DoubleUnaryOperator f) {
    into.line(name, CONTINUOUS, Stroke.DOTTED, x, f);
  }

  /** 200 places from the smallest abscissa to the largest. */
  public static double[] abscissas(List<GridPoint> points) {
    DoubleSummaryStatistics x = points.stream().mapToDouble(GridPoint::x).summaryStatistics();
    return Abscissas.even(x.getMin(), x.getMax(), SAMPLES - 1);
  }

  /** A number with four digits, without trailing zeros. */
  public static String number(double value) {
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }
}
