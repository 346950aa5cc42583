package org.noisescape.report;

import java.awt.Color;
import java.util.Arrays;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.data.xy.DefaultXYZDataset;
import org.noisescape.report.Figure.Cells;
import org.noisescape.report.Figure.Scale;

/** Draws a map of coloured cells, with the text of each cell in it and a bar of the colours. */
final class CellDrawing {
  private static final int BAR_WIDTH = 14;

  /** Cells a row beyond which their texts would run into each other. */
  private static final int MOST_LABELLED = 12;

  private static final int MOST_ROWS_LABELLED = 16;

  /** Cells of a map from which on they have no outlines. */
  private static final int MANY = 1500;

  private CellDrawing() {}

  /**
   * Adds the cells to a plot whose axes are of names.
   *
   * @return the bar of the colours
   */
  static PaintScaleLegend add(XYPlot plot, int index, Cells cells, PlotStyle style) {
    ColourScale colours = ColourScale.of(cells);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    long blocks = Arrays.stream(cells.values()).mapToLong(row -> row.length).sum();
    XYBlockRenderer renderer = blocks > MANY ? new FilledBlocks() : new XYBlockRenderer();
    renderer.setPaintScale(colours);
    plot.setDataset(index, data(cells));
    plot.setRenderer(index, renderer);
    label(plot, cells, colours, style);
    return bar(cells, colours, style);
  }

  private static DefaultXYZDataset data(Cells cells) {
    int rows = cells.values().length;
    int columns = rows == 0 ? 0 : cells.values()[0].length;
    double[][] xyz = new double[3][rows * columns];
    int shown = 0;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        if (Double.isFinite(cells.values()[row][column])) {
          xyz[0][shown] = column;
          xyz[1][shown] = row;
          xyz[2][shown] = cells.values()[row][column];
          shown++;
        }
      }
    }
    for (int k = 0; k < xyz.length; k++) {
      xyz[k] = Arrays.copyOf(xyz[k], shown);
    }
    DefaultXYZDataset data = new DefaultXYZDataset();
    data.addSeries(cells.name(), xyz);
    return data;
  }

  private static void label(XYPlot plot, Cells cells, ColourScale colours, PlotStyle style) {
    if (cells.values().length > MOST_ROWS_LABELLED) {
      return;
    }
    for (int row = 0; row < cells.values().length; row++) {
      if (cells.values()[row].length > MOST_LABELLED) {
        return;
      }
      for (int column = 0; column < cells.values()[row].length; column++) {
        double value = cells.values()[row][column];
        XYTextAnnotation text = new XYTextAnnotation(cells.labels()[row][column], column, row);
        text.setFont(style.font());
        text.setPaint(Double.isFinite(value) ? readable(colours.colour(value)) : PlotStyle.INK);
        plot.addAnnotation(text);
      }
    }
  }

  /** Near black or near white: the page must not take these for its ink and paper. */
  private static Color readable(Color ground) {
    double light = 0.299 * ground.getRed() + 0.587 * ground.getGreen() + 0.114 * ground.getBlue();
    return light > 130 ? new Color(16, 16, 16) : new Color(248, 248, 248);
  }

  private static PaintScaleLegend bar(Cells cells, ColourScale colours, PlotStyle style) {
    double low = colours.getLowerBound();
    double high = colours.getUpperBound();
    ValueAxis axis =
        cells.scale() == Scale.LOG
            ? new DecadeAxis(low, high, false)
            : new LinearAxis(low, high, false);
    style.apply(axis, cells.name());
    return new ColourBar(colours, axis, style.scaled(BAR_WIDTH));
  }
}
