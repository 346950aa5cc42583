package org.noisescape.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;

/**
 * The bar of the colours of a map, on its right: in even steps of its height, whatever its axis,
 * where the library's are even in the value, so that the lower decades of a logarithmic one are a
 * block each.
 */
final class ColourBar extends PaintScaleLegend {
  private static final long serialVersionUID = 1L;

  private static final int STEPS = 128;

  private final transient ColourScale colours;

  ColourBar(ColourScale colours, ValueAxis axis, double width) {
    super(colours, axis);
    this.colours = colours;
    // the strip is drawn here
    setSubdivisionCount(1);
    setPosition(RectangleEdge.RIGHT);
    setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
    setStripWidth(width);
    setStripOutlineVisible(false);
    setBackgroundPaint(null);
  }

  @Override
  public Object draw(Graphics2D graphics, Rectangle2D area, Object parameters) {
    Object result = super.draw(graphics, area, parameters);
    Rectangle2D inner = trimPadding(trimBorder(trimMargin((Rectangle2D) area.clone())));
    double height = inner.getHeight() / STEPS;
    for (int i = 0; i < STEPS; i++) {
      double top = inner.getMinY() + i * height;
      double middle = top + height / 2;
      graphics.setPaint(
          colours.getPaint(getAxis().java2DToValue(middle, inner, RectangleEdge.RIGHT)));
      // a little into the next one, so that no seam is seen
      double overlap = i < STEPS - 1 ? height / 2 : 0;
      graphics.fill(
          new Rectangle2D.Double(inner.getMinX(), top, getStripWidth(), height + overlap));
    }
    return result;
  }
}
