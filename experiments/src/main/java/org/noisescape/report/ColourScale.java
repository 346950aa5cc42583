package org.noisescape.report;

import java.awt.Color;
import java.awt.Paint;
import java.util.Arrays;
import org.jfree.chart.renderer.PaintScale;
import org.noisescape.report.Figure.Cells;
import org.noisescape.report.Figure.Scale;

/**
 * Colours of a heat map, from dark blue over green to yellow, of even steps in lightness, so that
 * they can be told apart in grey and by colour-blind readers.
 *
 * <p>Colours: seven points of the map viridis (van der Walt and Smith 2015), straight lines
 * between.
 *
 * @param low smallest value shown
 * @param high largest
 * @param scale how the colours run
 */
record ColourScale(double low, double high, Scale scale) implements PaintScale {
  private static final Color[] STOPS = {
    new Color(68, 1, 84),
    new Color(68, 57, 131),
    new Color(49, 104, 142),
    new Color(33, 145, 140),
    new Color(53, 183, 121),
    new Color(144, 215, 67),
    new Color(253, 231, 37),
  };

  /** The scale that holds all finite values of a map. */
  static ColourScale of(Cells cells) {
    double[] shown =
        Arrays.stream(cells.values())
            .flatMapToDouble(Arrays::stream)
            .filter(Double::isFinite)
            .toArray();
    double low = Arrays.stream(shown).min().orElse(0.1);
    double high = Arrays.stream(shown).max().orElse(1);
    if (low < high) {
      return new ColourScale(low, high, cells.scale());
    }
    // a single value is in the middle of its bar
    double room = low == 0 ? 1 : 0.5 * Math.abs(low);
    return new ColourScale(low - room, high + room, cells.scale());
  }

  Color colour(double value) {
    double share =
        scale == Scale.LOG
            ? Math.log(value / low) / Math.log(high / low)
            : (value - low) / (high - low);
    double place = Math.clamp(share, 0, 1) * (STOPS.length - 1);
    int stop = Math.min((int) place, STOPS.length - 2);
    double part = place - stop;
    Color from = STOPS[stop];
    Color to = STOPS[stop + 1];
    return new Color(
        between(from.getRed(), to.getRed(), part),
        between(from.getGreen(), to.getGreen(), part),
        between(from.getBlue(), to.getBlue(), part));
  }

  private static int between(int from, int to, double part) {
    return (int) Math.round(from + part * (to - from));
  }

  @Override
  public double getLowerBound() {
    return low;
  }

  @Override
  public double getUpperBound() {
    return high;
  }

  @Override
  public Paint getPaint(double value) {
    return colour(value);
  }
}
