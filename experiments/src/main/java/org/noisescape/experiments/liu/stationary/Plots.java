package org.noisescape.experiments.liu.stationary;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.noisescape.report.Abscissas;
import org.noisescape.report.Figure;
import org.noisescape.report.FigureBuilder;

/** What the figures of these experiments share. */
public final class Plots {
  /** Colours: measured, discrete theory, continuous theory, the text's formula. */
  public static final int MEASURED = 0;

  public static final int DISCRETE = Figure.INK;
  public static final int CONTINUOUS = 1;
  public static final int TEXT = 2;

  private static final int SAMPLES = 200;

  private Plots() {}

  /** Adds the measured points with error bars. */
  public static FigureBuilder simulation(FigureBuilder into, List<GridPoint> points) {
    return into.points(
        "simulation", MEASURED, points, GridPoint::x, GridPoint::value, GridPoint::standardError);
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
