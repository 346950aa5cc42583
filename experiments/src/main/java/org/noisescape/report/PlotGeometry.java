package org.noisescape.report;

import org.noisescape.report.Figure.Scale;

/**
 * Where in a drawing its data lie: what a point of the drawing means in numbers, and back.
 *
 * @param left left edge of the plot area, in units of the SVG's view box
 * @param top its upper edge, counted downwards
 * @param width its width
 * @param height its height
 * @param x numbers at its left and right edge
 * @param y numbers at its lower and upper edge
 */
record PlotGeometry(double left, double top, double width, double height, Reach x, Reach y) {
  /** Checks that there is an area. */
  PlotGeometry {
    boolean placed = Double.isFinite(left) && Double.isFinite(top);
    if (!placed || !positive(width) || !positive(height)) {
      throw new IllegalArgumentException(
          "a plot area needs a place and a size above 0, got %s %s %s %s"
              .formatted(left, top, width, height));
    }
  }

  /**
   * What an axis reaches.
   *
   * @param low number at its lower end
   * @param high number at its upper end
   * @param scale how it runs between
   */
  record Reach(double low, double high, Scale scale) {
    /** Checks that the ends differ and that the scale has them. */
    Reach {
      boolean ordered = Double.isFinite(low) && Double.isFinite(high) && low < high;
      if (!ordered || (scale == Scale.LOG && !(low > 0))) {
        throw new IllegalArgumentException(
            "an axis needs two ends in rising order, above 0 where it is logarithmic, got %s and %s"
                .formatted(low, high));
      }
    }
  }

  private static boolean positive(double length) {
    return Double.isFinite(length) && length > 0;
  }
}
