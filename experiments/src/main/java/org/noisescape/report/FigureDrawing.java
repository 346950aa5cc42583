package org.noisescape.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.Title;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Cells;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Span;
import org.noisescape.report.Figure.Stroke;

/** Turns a {@link Figure} into a JFreeChart chart. */
final class FigureDrawing {
  private static final Shape SAMPLE_LINE = new Line2D.Double(-11, 0, 11, 0);
  private static final Shape SAMPLE_AREA = new Rectangle2D.Double(-9, -5, 18, 10);

  private final Figure figure;
  private final XYPlot plot;
  private final LegendItemCollection legend = new LegendItemCollection();

  private FigureDrawing(Figure figure) {
    this.figure = figure;
    ValueAxis horizontal = PlotAxes.horizontal(figure);
    ValueAxis vertical = PlotAxes.vertical(figure);
    this.plot = new XYPlot(null, horizontal, vertical, null);
  }

  /** The chart of a figure. */
  static JFreeChart chart(Figure figure) {
    return new FigureDrawing(figure).draw();
  }

  private JFreeChart draw() {
    plot.setBackgroundPaint(null);
    plot.setOutlinePaint(PlotStyle.INK);
    plot.setOutlineStroke(PlotStyle.AXIS);
    plot.setDomainGridlinePaint(PlotStyle.GRID);
    plot.setRangeGridlinePaint(PlotStyle.GRID);
    plot.setDomainGridlineStroke(PlotStyle.HAIR);
    plot.setRangeGridlineStroke(PlotStyle.HAIR);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    int index = 0;
    Title scale = null;
    for (Mark mark : figure.marks()) {
      if (mark instanceof Span span) {
        addSpan(span);
      } else if (mark instanceof Cells cells) {
        scale = CellDrawing.add(plot, index, cells);
        index++;
      } else {
        plot.setDataset(index, data(mark));
        plot.setRenderer(index, renderer(mark));
        index++;
      }
      addToLegend(mark);
    }
    plot.setFixedLegendItems(legend);
    JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, false);
    chart.setBackgroundPaint(PlotStyle.PAPER);
    chart.setPadding(new RectangleInsets(10, 6, 6, 16));
    LegendTitle title = new LegendTitle(plot);
    title.setItemFont(PlotStyle.LEGEND);
    title.setItemPaint(PlotStyle.INK);
    title.setPosition(RectangleEdge.BOTTOM);
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    title.setFrame(BlockBorder.NONE);
    title.setBackgroundPaint(null);
    title.setItemLabelPadding(new RectangleInsets(1, 4, 1, 10));
    title.setLegendItemGraphicPadding(new RectangleInsets(1, 6, 1, 2));
    title.setMargin(new RectangleInsets(2, 40, 0, 0));
    if (legend.getItemCount() > 0) {
      chart.addSubtitle(title);
    }
    if (scale != null) {
      chart.addSubtitle(scale);
    }
    return chart;
  }

  private YIntervalSeriesCollection data(Mark mark) {
    YIntervalSeries series = new YIntervalSeries(mark.name(), false, true);
    if (mark instanceof Points points) {
      for (int i = 0; i < points.x().length; i++) {
        double y = points.y()[i];
        double error = points.error().length == 0 ? 0 : points.error()[i];
        add(series, points.x()[i], y, y - error, y + error);
      }
    } else if (mark instanceof Line line) {
      for (int i : Thinning.kept(line.y(), line.y())) {
        add(series, line.x()[i], line.y()[i], line.y()[i], line.y()[i]);
      }
    } else if (mark instanceof Band band) {
      for (int i : Thinning.kept(band.lower(), band.upper())) {
        double middle = 0.5 * (band.lower()[i] + band.upper()[i]);
        add(series, band.x()[i], middle, band.lower()[i], band.upper()[i]);
      }
    }
    YIntervalSeriesCollection collection = new YIntervalSeriesCollection();
    collection.addSeries(series);
    return collection;
  }

  /** Leaves out what the axes cannot show; clips an error bar that reaches zero on a log axis. */
  private void add(YIntervalSeries series, double x, double y, double lower, double upper) {
    boolean shown =
        Double.isFinite(x)
            && Double.isFinite(y)
            && (figure.x().scale() == Scale.LINEAR || x > 0)
            && (figure.y().scale() == Scale.LINEAR || y > 0);
    if (shown) {
      double bottom =
          figure.y().scale() == Scale.LOG
              ? Math.max(lower, plot.getRangeAxis().getLowerBound())
              : lower;
      series.add(x, y, bottom, upper);
    }
  }

  private static XYItemRenderer renderer(Mark mark) {
    if (mark instanceof Points points) {
      XYErrorRenderer renderer = new XYErrorRenderer();
      renderer.setDrawXError(false);
      renderer.setDrawYError(points.error().length > 0);
      renderer.setCapLength(0);
      renderer.setDrawOutlines(false);
      renderer.setUseOutlinePaint(false);
      renderer.setErrorStroke(PlotStyle.HAIR);
      renderer.setErrorPaint(PlotStyle.colour(points.colour()));
      renderer.setSeriesShape(0, PlotStyle.symbol(points.colour()));
      renderer.setSeriesPaint(0, PlotStyle.colour(points.colour()));
      return renderer;
    }
    if (mark instanceof Line line) {
      XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
      renderer.setSeriesPaint(0, PlotStyle.colour(line.colour()));
      renderer.setSeriesStroke(0, stroke(line.stroke()));
      renderer.setDrawSeriesLineAsPath(true);
      return renderer;
    }
    Band band = (Band) mark;
    DeviationRenderer renderer = new DeviationRenderer(true, false);
    renderer.setSeriesFillPaint(0, PlotStyle.colour(band.colour()));
    renderer.setSeriesPaint(0, new Color(0, 0, 0, 0));
    renderer.setAlpha(PlotStyle.shade(band.colour()).getAlpha() / 255f);
    return renderer;
  }

  private void addSpan(Span span) {
    IntervalMarker marker = new IntervalMarker(span.from(), span.to());
    marker.setPaint(PlotStyle.shade(span.colour()));
    marker.setAlpha(1f);
    marker.setOutlinePaint(null);
    plot.addDomainMarker(marker, Layer.BACKGROUND);
  }

  private void addToLegend(Mark mark) {
    if (mark.name().isEmpty() || mark instanceof Cells) {
      return;
    }
    if (mark instanceof Points points) {
      legend.add(
          new LegendItem(
              mark.name(),
              null,
              null,
              null,
              PlotStyle.symbol(points.colour()),
              PlotStyle.colour(points.colour())));
    } else if (mark instanceof Line line) {
      legend.add(
          new LegendItem(
              mark.name(),
              null,
              null,
              null,
              SAMPLE_LINE,
              stroke(line.stroke()),
              PlotStyle.colour(line.colour())));
    } else {
      int colour = mark instanceof Span span ? span.colour() : ((Band) mark).colour();
      legend.add(
          new LegendItem(mark.name(), null, null, null, SAMPLE_AREA, PlotStyle.shade(colour)));
    }
  }

  private static java.awt.Stroke stroke(Stroke stroke) {
    return switch (stroke) {
      case SOLID -> PlotStyle.SOLID;
      case DASHED -> PlotStyle.DASHED;
      case DOTTED -> PlotStyle.DOTTED;
      case THIN -> PlotStyle.THIN;
    };
  }
}
