package org.noisescape.report;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYDataset;
import org.noisescape.report.Figure.Points;

/** Draws symbols over their error bars, and upper limits as arrows. */
final class PointRenderer extends XYLineAndShapeRenderer {
  private static final long serialVersionUID = 1;

  /** Length of an arrow and half the width of its head, in radii of a symbol. */
  private static final double ARROW = 7;

  private static final double HEAD = 1.3;

  private final transient List<ErrorBar> bars;
  private final transient PlotStyle style;

  /**
   * Of one mark.
   *
   * @param bars what is drawn of it, in the order of the data
   */
  PointRenderer(Points points, List<ErrorBar> bars, PlotStyle style) {
    super(false, true);
    this.bars = bars;
    this.style = style;
    setSeriesShape(0, style.symbol(points.colour()));
    setSeriesPaint(0, PlotStyle.colour(points.colour()));
    setUseOutlinePaint(false);
    setDrawOutlines(false);
  }

  @Override
  public void drawItem(
      Graphics2D canvas,
      XYItemRendererState state,
      Rectangle2D area,
      PlotRenderingInfo info,
      XYPlot plot,
      ValueAxis domain,
      ValueAxis range,
      XYDataset data,
      int series,
      int item,
      CrosshairState crosshair,
      int pass) {
    ErrorBar bar = bars.get(item);
    if (pass == 0) {
      double x = domain.valueToJava2D(data.getXValue(series, item), area, plot.getDomainAxisEdge());
      double top = range.valueToJava2D(bar.upper(), area, plot.getRangeAxisEdge());
      double bottom = range.valueToJava2D(bar.lower(), area, plot.getRangeAxisEdge());
      canvas.setPaint(getSeriesPaint(0));
      canvas.setStroke(style.solid(style.thin()));
      if (bottom != top) {
        canvas.draw(new Line2D.Double(x, top, x, bottom));
      }
      if (bar.limit()) {
        arrow(canvas, x, bottom);
      }
    } else if (!Double.isNaN(bar.y())) {
      super.drawItem(
          canvas, state, area, info, plot, domain, range, data, series, item, crosshair, pass);
    }
  }

  private void arrow(Graphics2D canvas, double x, double from) {
    double tip = from + ARROW * style.radius();
    double head = HEAD * style.radius();
    canvas.draw(new Line2D.Double(x, from, x, tip - head));
    Path2D path = new Path2D.Double();
    path.moveTo(x - head, tip - 2 * head);
    path.lineTo(x + head, tip - 2 * head);
    path.lineTo(x, tip);
    path.closePath();
    canvas.fill(path);
  }
}
