package org.noisescape.report;

import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;

/**
 * A symbol with its error bar, as an axis can show it.
 *
 * <p>Where a logarithmic axis has no place for the lower end, because it is at zero or less than a
 * tenth of the value, the number is an upper limit: an arrow points down from the upper end.
 *
 * @param y where the symbol stands; NaN where only the arrow is drawn
 * @param lower lower end
 * @param upper upper end
 * @param limit whether it is an upper limit
 */
record ErrorBar(double y, double lower, double upper, boolean limit) {
  private static final double LEAST_SHARE = 0.1;

  /** The bar of a point. */
  static ErrorBar of(Points points, int i, Scale scale) {
    double y = points.y()[i];
    double given = points.error().length == 0 ? 0 : points.error()[i];
    double error = given > 0 && Double.isFinite(given) ? given : 0;
    boolean limit = scale == Scale.LOG && error > 0 && y - error <= LEAST_SHARE * y;
    if (!limit) {
      return new ErrorBar(y, y - error, y + error, false);
    }
    boolean shown = y > 0;
    return new ErrorBar(shown ? y : Double.NaN, shown ? y : y + error, y + error, true);
  }

  /** Whether anything of it has a place on an axis. */
  boolean shown(Scale scale) {
    return Double.isFinite(upper) && (scale == Scale.LINEAR || upper > 0);
  }

  /** What an axis has to hold. */
  double[] ends() {
    return new double[] {lower, upper};
  }
}
