package org.noisescape.report;

import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;

/** An evenly spaced axis with some six labels at multiples of 1, 2 or 5 times a power of ten. */
final class LinearAxis extends NumberAxis {
  private static final long serialVersionUID = 1L;

  private static final int LABELS = 6;

  /**
   * Over a range.
   *
   * @param whole whether labels are only at whole numbers
   */
  LinearAxis(double low, double high, boolean whole) {
    setAutoRangeIncludesZero(false);
    setRange(low, high);
    double unit = unit(high - low, LABELS, whole);
    TickText text = TickText.even(unit, Math.max(Math.abs(low), Math.abs(high)));
    setTickUnit(new NumberTickUnit(unit, text, minorTicks(unit, whole)), true, true);
    setNumberFormatOverride(text);
    setMinorTickMarksVisible(true);
  }

  /** Distance of labels, so many or up to twice as many in a length. */
  static double unit(double length, int labels, boolean whole) {
    double exact = length / labels;
    double power = Math.pow(10, Math.floor(Math.log10(exact)));
    double factor = exact / power;
    double unit = (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10) * power;
    return whole ? Math.max(1, unit) : unit;
  }

  private static int minorTicks(double unit, boolean whole) {
    double digit = unit / Math.pow(10, Math.floor(Math.log10(unit) + 1e-9));
    int parts = Math.round(digit) == 2 ? 4 : 5;
    return whole && unit < parts ? (int) Math.max(1, unit) : parts;
  }
}
