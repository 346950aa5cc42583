package org.noisescape.report;

import org.jfree.chart.axis.ValueAxis;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Span;

/** Axes whose range is that of the numbers drawn, with a little room at both ends. */
final class PlotAxes {
  private static final double MARGIN = 0.03;

  /** Room for a single number on a logarithmic axis, as a factor. */
  private static final double ALONE = 2;

  /** Numbers that differ by less, relatively, are one: nobody could read the labels. */
  private static final double CLOSEST = 1e-9;

  /** Numbers beyond have no place on an axis: lengths between them are no numbers. */
  private static final double LARGEST = 1e150;

  /** Letters that fit side by side below a figure. */
  private static final int LETTERS = 48;

  private PlotAxes() {}

  static ValueAxis horizontal(Figure figure, PlotStyle style) {
    Extent extent = new Extent(figure.x().scale());
    for (Mark mark : figure.marks()) {
      if (mark instanceof Points points) {
        extent.takeSymbols(points.x());
      } else if (mark instanceof Line line) {
        extent.take(line.x());
      } else if (mark instanceof Band band) {
        extent.take(band.x());
      } else if (mark instanceof Span span) {
        extent.take(span.from(), span.to());
      }
    }
    ValueAxis axis = axis(figure.x(), extent, style);
    // names that would run into each other stand upright
    axis.setVerticalTickLabels(axis instanceof NameAxis names && names.letters() > LETTERS);
    return axis;
  }

  static ValueAxis vertical(Figure figure, PlotStyle style) {
    Extent extent = new Extent(figure.y().scale());
    for (Mark mark : figure.marks()) {
      if (mark instanceof Points points) {
        for (int i = 0; i < points.x().length; i++) {
          ErrorBar bar = ErrorBar.of(points, i, figure.y().scale());
          extent.takeSymbols(bar.y());
          extent.take(bar.ends());
        }
      } else if (mark instanceof Line line) {
        extent.take(line.y());
      } else if (mark instanceof Band band) {
        extent.take(band.upper());
        extent.take(band.lower());
      }
    }
    return axis(figure.y(), extent, style);
  }

  /** The same evenly spaced axis with a longer range about the same middle. */
  static ValueAxis stretched(Axis description, ValueAxis axis, double factor, PlotStyle style) {
    if (factor == 1 || description.scale() == Scale.LOG || !description.categories().isEmpty()) {
      return axis;
    }
    double middle = axis.getRange().getCentralValue();
    double half = 0.5 * factor * axis.getRange().getLength();
    ValueAxis longer = new LinearAxis(middle - half, middle + half, false);
    style.apply(longer, description.label());
    return longer;
  }

  private static ValueAxis axis(Axis description, Extent extent, PlotStyle style) {
    boolean log = description.scale() == Scale.LOG;
    if (extent.low > extent.high) {
      extent.take(log ? new double[] {0.1, 10} : new double[] {0, 1});
    }
    ValueAxis axis =
        description.categories().isEmpty()
            ? log ? logarithmic(extent) : linear(extent)
            : new NameAxis(description.categories());
    style.apply(axis, description.label());
    return axis;
  }

  private static ValueAxis logarithmic(Extent extent) {
    double ratio = extent.high / extent.low;
    double margin = ratio > 1 + CLOSEST ? Math.pow(ratio, MARGIN) : ALONE;
    return new DecadeAxis(extent.low / margin, extent.high * margin, extent.whole);
  }

  private static ValueAxis linear(Extent extent) {
    double span = extent.high - extent.low;
    boolean apart = span > CLOSEST * Math.max(Math.abs(extent.low), Math.abs(extent.high));
    double margin = apart ? MARGIN * span : (extent.high == 0 ? 0.5 : Math.abs(extent.high) * 0.5);
    // a symbol on the frame would be cut
    boolean fromZero = extent.low == 0 && span > 0 && extent.lowestSymbol > 0;
    return new LinearAxis(
        fromZero ? 0 : extent.low - margin, extent.high + margin, extent.whole && span >= 1);
  }

  /** Smallest interval that holds all values an axis can show. */
  private static final class Extent {
    private final Scale scale;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private double lowestSymbol = Double.POSITIVE_INFINITY;
    private boolean whole = true;

    Extent(Scale scale) {
      this.scale = scale;
    }

    void takeSymbols(double... values) {
      take(values);
      for (double value : values) {
        lowestSymbol = value < lowestSymbol ? value : lowestSymbol;
      }
    }

    void take(double... values) {
      for (double value : values) {
        boolean fits = Math.abs(value) < LARGEST;
        if (fits && (scale == Scale.LINEAR || value > 1 / LARGEST)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
          whole &= value == Math.rint(value);
        }
      }
    }
  }
}
