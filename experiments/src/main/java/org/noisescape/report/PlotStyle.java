package org.noisescape.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;

/**
 * Colours, strokes, fonts and symbols of all figures.
 *
 * <p>Colours: Okabe and Ito (2008), without black and yellow, which vanish on a dark or a light
 * page. Ink, grid and paper are exact values that the report replaces by the page's own.
 */
final class PlotStyle {
  static final Color INK = new Color(33, 37, 41);
  static final Color GRID = new Color(222, 226, 230);
  static final Color PAPER = new Color(255, 255, 255);

  /** Width and height of a figure, in points. */
  static final int WIDTH = 520;

  static final int HEIGHT = 400;

  static final Font LABEL = new Font("SansSerif", Font.PLAIN, 14);
  static final Font TICK = new Font("SansSerif", Font.PLAIN, 13);
  static final Font LEGEND = new Font("SansSerif", Font.PLAIN, 13);

  static final BasicStroke SOLID = line(1.8f);
  static final BasicStroke THIN = line(0.9f);
  static final BasicStroke AXIS = line(1f);
  static final BasicStroke HAIR = line(0.6f);
  static final BasicStroke DASHED =
      new BasicStroke(
          1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {7f, 4f}, 0f);

  static final BasicStroke DOTTED =
      new BasicStroke(
          1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {2f, 3f}, 0f);

  private static final Color[] COLOURS = {
    new Color(0, 114, 178), // blue
    new Color(213, 94, 0), // vermillion
    new Color(0, 158, 115), // bluish green
    new Color(204, 121, 167), // reddish purple
    new Color(230, 159, 0), // orange
    new Color(86, 180, 233), // sky blue
  };

  private PlotStyle() {}

  /** Number of colours before they repeat. */
  static int colours() {
    return COLOURS.length;
  }

  static Color colour(int index) {
    return index == Figure.INK ? INK : COLOURS[index % COLOURS.length];
  }

  static Color shade(int index) {
    Color colour = colour(index);
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 40);
  }

  /** Inks an axis and its label. */
  static void apply(ValueAxis axis, String label, Font font) {
    axis.setLabel(label);
    axis.setLabelFont(font);
    axis.setTickLabelFont(TICK);
    axis.setLabelPaint(INK);
    axis.setTickLabelPaint(INK);
    axis.setTickMarkPaint(INK);
    axis.setAxisLineVisible(false);
  }

  /** Circle, square, triangle, diamond in turn. */
  static Shape symbol(int index) {
    double r = 2.3;
    return switch (Math.floorMod(index, 4)) {
      case 0 -> new Ellipse2D.Double(-r, -r, 2 * r, 2 * r);
      case 1 -> new Rectangle2D.Double(-r, -r, 2 * r, 2 * r);
      case 2 -> polygon(0, -1.25 * r, 1.2 * r, r, -1.2 * r, r);
      default -> polygon(0, -1.35 * r, 1.35 * r, 0, 0, 1.35 * r, -1.35 * r, 0);
    };
  }

  private static BasicStroke line(float width) {
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
  }

  private static Shape polygon(double... points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    path.closePath();
    return path;
  }
}
