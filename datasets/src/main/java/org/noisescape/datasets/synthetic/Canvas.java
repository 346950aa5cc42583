package org.noisescape.datasets.synthetic;

import java.util.Arrays;

/**
 * A square grey picture on which round-ended line segments are drawn with soft edges.
 *
 * <p>Pixel (row r, column c) has its centre at (x, y) = (c + ½, r + ½). Its ink is clamp(radius + ½
 * − distance, 0, 1) for the nearest segment: the pen covers a pixel that its edge crosses by about
 * the part it crosses. Not thread-safe; one a thread.
 */
final class Canvas {
  /** Above 1 by more than squares and roots are rounded by. */
  private static final double CERTAINLY = 1 + 1e-12;

  private final int extent;
  private final double[] ink;

  Canvas(int extent) {
    this.extent = extent;
    this.ink = new double[extent * extent];
  }

  void clear() {
    Arrays.fill(ink, 0);
  }

  /** Ink of a pixel, 0 to 1; pixels row by row. */
  double ink(int pixel) {
    return ink[pixel];
  }

  /** Draws the segment from (x0, y0) to (x1, y1), in pixels, with a pen of that radius. */
  void segment(double x0, double y0, double x1, double y1, double radius) {
    double reach = radius + 0.5;
    double beyond = reach * reach * CERTAINLY;
    int top = first(Math.min(y0, y1) - reach);
    int bottom = last(Math.max(y0, y1) + reach);
    int left = first(Math.min(x0, x1) - reach);
    int right = last(Math.max(x0, x1) + reach);
    double dx = x1 - x0;
    double dy = y1 - y0;
    double squared = dx * dx + dy * dy;
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double px = column + 0.5 - x0;
        double py = row + 0.5 - y0;
        double along = squared > 0 ? Math.clamp((px * dx + py * dy) / squared, 0.0, 1.0) : 0;
        double ex = px - along * dx;
        double ey = py - along * dy;
        double square = ex * ex + ey * ey;
        if (square < beyond) {
          double value = Math.clamp(reach - Math.sqrt(square), 0.0, 1.0);
          int pixel = row * extent + column;
          ink[pixel] = Math.max(ink[pixel], value);
        }
      }
    }
  }

  private int first(double coordinate) {
    return Math.max(0, (int) Math.floor(coordinate - 0.5));
  }

  private int last(double coordinate) {
    return Math.min(extent - 1, (int) Math.ceil(coordinate - 0.5));
  }
}
