package org.noisescape.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYZDataset;

/** Blocks without outlines, which make half of the drawing where there are thousands. */
final class FilledBlocks extends XYBlockRenderer {
  private static final long serialVersionUID = 1;

  /** Of a unit, by which blocks overlap, so that the ground does not shine through. */
  private static final double OVERLAP = 0.3;

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
    double x = data.getXValue(series, item);
    double y = data.getYValue(series, item);
    double left = domain.valueToJava2D(x - getBlockWidth() / 2, area, plot.getDomainAxisEdge());
    double right = domain.valueToJava2D(x + getBlockWidth() / 2, area, plot.getDomainAxisEdge());
    double bottom = range.valueToJava2D(y - getBlockHeight() / 2, area, plot.getRangeAxisEdge());
    double top = range.valueToJava2D(y + getBlockHeight() / 2, area, plot.getRangeAxisEdge());
    canvas.setPaint(getPaintScale().getPaint(((XYZDataset) data).getZValue(series, item)));
    canvas.fill(
        new Rectangle2D.Double(
            Math.min(left, right),
            Math.min(top, bottom),
            Math.abs(right - left) + OVERLAP,
            Math.abs(bottom - top) + OVERLAP));
  }
}
