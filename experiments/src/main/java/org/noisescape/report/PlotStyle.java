package org.noisescape.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleInsets;

/**
 * Sizes of a drawing, and the colours, strokes and symbols of all of them.
 *
 * <p>Colours: Okabe and Ito (2008), without black and yellow, which vanish on a dark or a light
 * page. Ink, grid and paper are exact values that the report replaces by the page's own. Whoever
 * cannot tell the colours apart has symbols and dashes, which change with them.
 *
 * @param name as the command line has it
 * @param width of a drawing, in points
 * @param height of a drawing without its legend, in points
 * @param text size of all letters, in points
 * @param line width of a line
 * @param thin width of a thin line, and of the axes
 * @param hair width of a grid line
 * @param radius of a symbol
 * @param dots of a drawing as pixels, a point
 */
record PlotStyle(
    String name,
    int width,
    int height,
    double text,
    float line,
    float thin,
    float hair,
    double radius,
    double dots) {
  static final Color INK = new Color(33, 37, 41);
  static final Color GRID = new Color(222, 226, 230);
  static final Color PAPER = new Color(255, 255, 255);

  /** Width of a figure on a screen, in points. */
  static final int WIDTH = 520;

  /** For a page of the report. */
  static final PlotStyle SCREEN =
      new PlotStyle("screen", WIDTH, 370, 13.5, 1.8f, 0.9f, 0.6f, 2.6, 2);

  /** For a column of a journal: 3.4 inches, 8 points, 600 dots an inch. */
  static final PlotStyle COLUMN =
      new PlotStyle("paper", 245, 178, 8, 1f, 0.55f, 0.35f, 1.5, 600 / 72.0);

  private static final Color[] COLOURS = {
    new Color(0, 114, 178), // blue
    new Color(213, 94, 0), // vermillion
    new Color(0, 158, 115), // bluish green
    new Color(204, 121, 167), // reddish purple
    new Color(230, 159, 0), // orange
    new Color(86, 180, 233), // sky blue
  };

  private static final float[][] DASHES = {{7, 3.5f}, {4, 2.5f}, {11, 4}, {6, 6}};
  private static final float[][] DOTS = {{1.8f, 2.6f}, {1.8f, 4.5f}};
  private static final float[][] THIN = {{6, 3}, {1.5f, 2.5f}, {8, 2.5f, 1.5f, 2.5f}};

  /** A style beside that of the screen, by its name. */
  static PlotStyle named(String name) {
    if (!name.equals(COLUMN.name())) {
      throw new IllegalArgumentException(
          "style must be %s, got '%s'".formatted(COLUMN.name(), name));
    }
    return COLUMN;
  }

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

  /** The font of all letters. */
  Font font() {
    return FigureFont.of(text);
  }

  /** Lengths that go with the letters, in points where they are of the size of a screen's. */
  double scaled(double length) {
    return length * text / SCREEN.text();
  }

  /** Room around something, as {@link #scaled}. */
  RectangleInsets room(double top, double left, double bottom, double right) {
    return new RectangleInsets(scaled(top), scaled(left), scaled(bottom), scaled(right));
  }

  /** Inks an axis and its label. */
  void apply(ValueAxis axis, String label) {
    axis.setLabel(label.isEmpty() ? null : label);
    axis.setLabelFont(font());
    axis.setTickLabelFont(font());
    axis.setLabelPaint(INK);
    axis.setTickLabelPaint(INK);
    axis.setTickMarkPaint(INK);
    axis.setAxisLineVisible(false);
    axis.setTickMarkStroke(solid(thin));
    // outside, because grid lines are drawn over what is inside
    axis.setTickMarkOutsideLength((float) scaled(5));
    axis.setTickMarkInsideLength(0);
    axis.setMinorTickMarkOutsideLength((float) scaled(2.5));
    axis.setMinorTickMarkInsideLength(0);
    axis.setTickLabelInsets(room(4, 5, 3, 5));
    axis.setLabelInsets(room(4, 3, 3, 4));
  }

  /** Circle, square, triangle, diamond, triangle upside down, cross in turn. */
  Shape symbol(int index) {
    double r = radius;
    return switch (Math.floorMod(index, COLOURS.length)) {
      case 0 -> new Ellipse2D.Double(-r, -r, 2 * r, 2 * r);
      case 1 -> new Rectangle2D.Double(-0.9 * r, -0.9 * r, 1.8 * r, 1.8 * r);
      case 2 -> polygon(0, -1.25 * r, 1.2 * r, r, -1.2 * r, r);
      case 3 -> polygon(0, -1.4 * r, 1.4 * r, 0, 0, 1.4 * r, -1.4 * r, 0);
      case 4 -> polygon(0, 1.25 * r, 1.2 * r, -r, -1.2 * r, -r);
      default -> cross(1.3 * r, 0.45 * r);
    };
  }

  /**
   * How a line is stroked.
   *
   * @param way which of the lines stroked so, where several are told apart; from 0 on
   */
  BasicStroke stroke(Figure.Stroke stroke, int way) {
    return switch (stroke) {
      case SOLID -> solid(line);
      case THIN -> way % 4 == 0 ? solid(thin) : dashed(thin, THIN[way % 4 - 1]);
      case DASHED -> dashed(line, DASHES[way % DASHES.length]);
      case DOTTED -> dashed(line, DOTS[way % DOTS.length]);
      case DASH_DOT -> dashed(line, 8, 3, 1.8f, 3);
      case THIN_DASHED -> dashed(thin, THIN[0]);
      case THIN_DOTTED -> dashed(thin, THIN[1]);
    };
  }

  /** A line without gaps. */
  BasicStroke solid(float width) {
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
  }

  private BasicStroke dashed(float width, float... lengths) {
    float[] scaled = lengths.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= (float) scaled(1);
    }
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, scaled, 0f);
  }

  private static Shape cross(double arm, double half) {
    return polygon(
        -half, -arm, half, -arm, half, -half, arm, -half, arm, half, half, half, half, arm, -half,
        arm, -half, half, -arm, half, -arm, -half, -half, -half);
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
