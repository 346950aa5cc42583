package org.noisescape.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.block.LengthConstraintType;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Cells;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Span;

/** A {@link Figure} laid out in a style, as a JFreeChart chart of a size. */
final class FigureDrawing {
  /** Symbols on the way of a measured line. */
  private static final int SYMBOLS = 8;

  private final Figure figure;
  private final PlotStyle style;
  private final FigureKeys keys;
  private final XYPlot plot;
  private final JFreeChart chart;
  private double legendHeight;

  static {
    // a rotated label is a text as well
    TextUtils.setUseDrawRotatedStringWorkaround(false);
    TextUtils.setUseFontMetricsGetStringBounds(true);
  }

  private FigureDrawing(Figure figure, PlotStyle style) {
    this.figure = figure;
    this.style = style;
    this.keys = new FigureKeys(figure, style);
    ValueAxis horizontal = PlotAxes.horizontal(figure, style);
    ValueAxis vertical = PlotAxes.vertical(figure, style);
    this.plot = new XYPlot(null, horizontal, vertical, null);
    this.chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, false);
  }

  /** Lays out a figure. */
  static FigureDrawing of(Figure figure, PlotStyle style) {
    FigureDrawing drawing = new FigureDrawing(figure, style);
    drawing.layOut();
    return drawing;
  }

  JFreeChart chart() {
    return chart;
  }

  int width() {
    return style.width();
  }

  /** Height with the legend. */
  int height() {
    return style.height() + (int) Math.ceil(legendHeight);
  }

  /** Draws on a canvas; says where the data lie. */
  PlotGeometry draw(LabelCanvas canvas) {
    ChartRenderingInfo areas = new ChartRenderingInfo();
    chart.draw(canvas, new Rectangle2D.Double(0, 0, width(), height()), areas);
    Rectangle2D area = areas.getPlotInfo().getDataArea();
    return new PlotGeometry(
        area.getX(),
        area.getY(),
        area.getWidth(),
        area.getHeight(),
        reach(figure.x(), plot.getDomainAxis()),
        reach(figure.y(), plot.getRangeAxis()));
  }

  private static PlotGeometry.Reach reach(Figure.Axis axis, ValueAxis drawn) {
    return new PlotGeometry.Reach(drawn.getLowerBound(), drawn.getUpperBound(), axis.scale());
  }

  private void layOut() {
    plot.setBackgroundPaint(null);
    plot.setOutlinePaint(PlotStyle.INK);
    plot.setOutlineStroke(style.solid(style.thin()));
    plot.setDomainGridlinePaint(PlotStyle.GRID);
    plot.setRangeGridlinePaint(PlotStyle.GRID);
    plot.setDomainGridlineStroke(style.solid(style.hair()));
    plot.setRangeGridlineStroke(style.solid(style.hair()));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setInsets(style.room(4, 4, 4, 4));
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    int index = 0;
    PaintScaleLegend bar = null;
    for (Mark mark : figure.marks()) {
      if (mark instanceof Span span) {
        addSpan(span);
      } else if (mark instanceof Cells cells) {
        bar = CellDrawing.add(plot, index++, cells, style);
      } else {
        add(index++, mark);
      }
    }
    LegendItemCollection items = keys.items();
    plot.setFixedLegendItems(items);
    chart.setBackgroundPaint(PlotStyle.PAPER);
    chart.setElementHinting(false);
    chart.setTextAntiAlias(true);
    chart.setPadding(style.room(8, 5, 5, 12));
    if (items.getItemCount() > 0) {
      addLegend();
    }
    if (bar != null) {
      chart.addSubtitle(bar);
    }
    if (bar != null || figure.geometric()) {
      fit(bar);
    }
  }

  private void addLegend() {
    LegendTitle title = new LegendTitle(plot);
    title.setItemFont(style.font());
    title.setItemPaint(PlotStyle.INK);
    title.setPosition(RectangleEdge.BOTTOM);
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    title.setFrame(BlockBorder.NONE);
    title.setBackgroundPaint(null);
    title.setItemLabelPadding(style.room(1, 4, 1, 10));
    title.setLegendItemGraphicPadding(style.room(1, 6, 1, 2));
    title.setMargin(style.room(2, 24, 0, 0));
    Range room = new Range(0, style.width() - style.scaled(17));
    legendHeight =
        title
            .arrange(
                scratch(),
                new RectangleConstraint(
                    0,
                    room,
                    LengthConstraintType.RANGE,
                    0,
                    new Range(0, 1e6),
                    LengthConstraintType.RANGE))
            .getHeight();
    chart.addSubtitle(title);
  }

  /** What depends on where the plot comes to lie: a bar beside it, units of one length. */
  private void fit(PaintScaleLegend bar) {
    PlotGeometry plain = draw(scratch());
    if (bar != null) {
      double top = plain.top() - style.scaled(8);
      double bottom = style.height() - plain.top() - plain.height() - style.scaled(5);
      bar.setPadding(new RectangleInsets(top, style.scaled(8), bottom, 0));
    }
    if (figure.geometric()) {
      ValueAxis x = plot.getDomainAxis();
      ValueAxis y = plot.getRangeAxis();
      double across = x.getRange().getLength() / plain.width();
      double up = y.getRange().getLength() / plain.height();
      plot.setDomainAxis(PlotAxes.stretched(figure.x(), x, Math.max(1, up / across), style));
      plot.setRangeAxis(PlotAxes.stretched(figure.y(), y, Math.max(1, across / up), style));
    }
  }

  private static LabelCanvas scratch() {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    return LabelCanvas.measuring(graphics);
  }

  private void add(int index, Mark mark) {
    YIntervalSeries series = new YIntervalSeries(mark.name(), false, true);
    XYItemRenderer renderer;
    if (mark instanceof Points points) {
      renderer = new PointRenderer(points, points(series, points), style);
    } else if (mark instanceof Line line) {
      renderer = lineRenderer(series, line);
    } else {
      renderer = bandRenderer(series, (Band) mark);
    }
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    data.addSeries(series);
    plot.setDataset(index, data);
    plot.setRenderer(index, renderer);
  }

  private List<ErrorBar> points(YIntervalSeries series, Points points) {
    List<ErrorBar> bars = new ArrayList<>();
    for (int i = 0; i < points.x().length; i++) {
      ErrorBar bar = ErrorBar.of(points, i, figure.y().scale());
      double x = points.x()[i];
      if (bar.shown(figure.y().scale()) && shown(figure.x(), x)) {
        bars.add(bar);
        series.add(x, Double.isNaN(bar.y()) ? bar.upper() : bar.y(), bar.lower(), bar.upper());
      }
    }
    return bars;
  }

  private XYItemRenderer lineRenderer(YIntervalSeries series, Line line) {
    for (int i : Thinning.kept(line.y(), line.y())) {
      double y = line.y()[i];
      if (shown(figure.x(), line.x()[i]) && shown(figure.y(), y)) {
        series.add(line.x()[i], y, y, y);
      }
    }
    int every = Math.max(1, series.getItemCount() / SYMBOLS);
    boolean symbols = FigureKeys.hasSymbols(figure, line);
    XYLineAndShapeRenderer renderer = new SparseSymbols(symbols, every, line.colour());
    renderer.setSeriesPaint(0, PlotStyle.colour(line.colour()));
    renderer.setSeriesStroke(0, keys.stroke(line));
    renderer.setSeriesShape(0, style.symbol(line.colour()));
    renderer.setDrawSeriesLineAsPath(true);
    return renderer;
  }

  private XYItemRenderer bandRenderer(YIntervalSeries series, Band band) {
    double floor = plot.getRangeAxis().getLowerBound();
    for (int i : Thinning.kept(band.lower(), band.upper())) {
      double upper = band.upper()[i];
      if (shown(figure.x(), band.x()[i]) && shown(figure.y(), upper)) {
        // a band that reaches zero ends at the floor of a logarithmic axis
        double given = band.lower()[i];
        double lower = shown(figure.y(), given) ? given : Math.min(floor, upper);
        series.add(band.x()[i], 0.5 * (lower + upper), lower, upper);
      }
    }
    DeviationRenderer renderer = new DeviationRenderer(true, false);
    renderer.setSeriesFillPaint(0, PlotStyle.colour(band.colour()));
    renderer.setSeriesPaint(0, new Color(0, 0, 0, 0));
    renderer.setAlpha(PlotStyle.shade(band.colour()).getAlpha() / 255f);
    return renderer;
  }

  private static boolean shown(Figure.Axis axis, double value) {
    return Double.isFinite(value) && (axis.scale() == Scale.LINEAR || value > 0);
  }

  private void addSpan(Span span) {
    IntervalMarker marker = new IntervalMarker(span.from(), span.to());
    marker.setPaint(PlotStyle.shade(span.colour()));
    marker.setAlpha(1f);
    marker.setOutlinePaint(null);
    plot.addDomainMarker(marker, Layer.BACKGROUND);
  }

  /** A line with a symbol at every so many of its points, those of other colours at others. */
  private static final class SparseSymbols extends XYLineAndShapeRenderer {
    private static final long serialVersionUID = 1;

    private final boolean symbols;
    private final int every;
    private final int first;

    SparseSymbols(boolean symbols, int every, int colour) {
      super(true, symbols);
      this.symbols = symbols;
      this.every = every;
      this.first = colour * every / PlotStyle.colours() % every;
    }

    @Override
    public boolean getItemShapeVisible(int series, int item) {
      return symbols && item % every == first;
    }
  }
}
