package org.noisescape.experiments.mori;

import java.util.Arrays;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Stroke;

/**
 * Counts of eigenvalues in bins of equal width in log10, as the corners of a staircase.
 *
 * @param x corners
 * @param y counts
 */
public record EigenvalueStaircase(double[] x, double[] y) {
  /**
   * Counts.
   *
   * @param values those outside the range are left out
   * @param low lower end of the range, above 0
   * @param high upper end
   * @param bins number of bins
   */
  public static EigenvalueStaircase of(double[] values, double low, double high, int bins) {
    double from = Math.log10(low);
    double width = (Math.log10(high) - from) / bins;
    double[] counts = new double[bins];
    for (double value : values) {
      double position = value > 0 ? (Math.log10(value) - from) / width : -1;
      if (position >= 0 && position <= bins) {
        counts[(int) Math.min(bins - 1, position)]++;
      }
    }
    double[] x = new double[2 * bins];
    double[] y = new double[2 * bins];
    Arrays.setAll(x, i -> Math.pow(10, from + width * ((i + 1) / 2)));
    Arrays.setAll(y, i -> counts[i / 2]);
    return new EigenvalueStaircase(x, y);
  }

  /** As the mark of a figure. */
  public Line line(String entry, int colour, Stroke stroke) {
    return new Line(entry, colour, stroke, x, y);
  }
}
