package org.noisescape.report;

import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleInsets;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Span;

/** Axes whose range holds everything drawn; logarithmic ones with a label each decade. */
final class PlotAxes {
  private static final double MARGIN = 0.03;
  private static final int MOST_DECADES_LABELLED = 9;

  /** Letters that fit side by side below a figure. */
  private static final int LETTERS = 48;

  /** Letters of a name that fit beside a figure. */
  private static final int LONGEST_NAME = 22;

  private PlotAxes() {}

  static ValueAxis horizontal(Figure figure) {
    Extent extent = new Extent(figure.x().scale());
    for (Mark mark : figure.marks()) {
      if (mark instanceof Points points) {
        extent.take(points.x());
      } else if (mark instanceof Line line) {
        extent.take(line.x());
      } else if (mark instanceof Band band) {
        extent.take(band.x());
      } else if (mark instanceof Span span) {
        extent.take(span.from(), span.to());
      }
    }
    ValueAxis axis = axis(figure.x(), extent);
    List<String> names = figure.x().categories();
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    // names that would run into each other stand upright
    axis.setVerticalTickLabels(longest * names.size() > LETTERS);
    return axis;
  }

  static ValueAxis vertical(Figure figure) {
    Extent extent = new Extent(figure.y().scale());
    for (Mark mark : figure.marks()) {
      if (mark instanceof Points points) {
        extent.take(points.y());
        for (int i = 0; i < points.error().length; i++) {
          extent.take(points.y()[i] - points.error()[i], points.y()[i] + points.error()[i]);
        }
      } else if (mark instanceof Line line) {
        extent.take(line.y());
      } else if (mark instanceof Band band) {
        extent.take(band.lower());
        extent.take(band.upper());
      }
    }
    return axis(figure.y(), extent);
  }

  private static ValueAxis axis(Axis description, Extent extent) {
    if (!description.categories().isEmpty()) {
      return styled(named(description.categories()), description);
    }
    if (extent.low > extent.high) {
      extent.take(description.scale() == Scale.LOG ? new double[] {0.1, 10} : new double[] {0, 1});
    }
    ValueAxis axis = description.scale() == Scale.LOG ? logarithmic(extent) : linear(extent);
    return styled(axis, description);
  }

  /** Half a place of room at both ends. */
  private static ValueAxis named(List<String> names) {
    SymbolAxis axis =
        new SymbolAxis(null, names.stream().map(PlotAxes::shortened).toArray(String[]::new));
    axis.setGridBandsVisible(false);
    axis.setRange(-0.5, names.size() - 0.5);
    return axis;
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private static ValueAxis styled(ValueAxis axis, Axis description) {
    PlotStyle.apply(axis, description.label(), PlotStyle.LABEL);
    axis.setTickMarkStroke(PlotStyle.AXIS);
    // outside, because grid lines are drawn over what is inside
    axis.setTickMarkOutsideLength(6);
    axis.setTickMarkInsideLength(0);
    axis.setMinorTickMarkOutsideLength(3);
    axis.setMinorTickMarkInsideLength(0);
    axis.setTickLabelInsets(new RectangleInsets(4, 5, 3, 5));
    axis.setLabelInsets(new RectangleInsets(4, 4, 4, 4));
    return axis;
  }

  /** Below, numbers within a decade would need too many digits. */
  private static final double LEAST_DECADES = 0.1;

  private static ValueAxis logarithmic(Extent extent) {
    double low = Math.log10(extent.low);
    double high = Math.log10(extent.high);
    double margin = MARGIN * (high - low);
    low -= margin;
    high += margin;
    if (high - low < LEAST_DECADES) {
      low = Math.floor(low);
      high = Math.ceil(high);
    }
    if (low == high) {
      // a single power of ten
      low -= 0.5;
      high += 0.5;
    }
    int every = 1 + (int) ((high - low) / MOST_DECADES_LABELLED);
    return new DecadeAxis(Math.pow(10, low), Math.pow(10, high), every);
  }

  private static ValueAxis linear(Extent extent) {
    double span = extent.high - extent.low;
    double margin = span > 0 ? MARGIN * span : Math.max(0.5, Math.abs(extent.high) * MARGIN);
    NumberAxis axis = new NumberAxis();
    axis.setAutoRangeIncludesZero(false);
    boolean fromZero = extent.low == 0 && span > 0;
    axis.setRange(fromZero ? 0 : extent.low - margin, extent.high + margin);
    axis.setMinorTickMarksVisible(true);
    axis.setMinorTickCount(5);
    return axis;
  }

  /** Smallest interval that holds all values an axis can show. */
  private static final class Extent {
    private final Scale scale;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    Extent(Scale scale) {
      this.scale = scale;
    }

    void take(double... values) {
      for (double value : values) {
        if (Double.isFinite(value) && (scale == Scale.LINEAR || value > 0)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
  }
}
