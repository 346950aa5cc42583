package org.noisescape.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis: a label a decade, or every few of them, where there are three; on a shorter
 * one also at 2 and 5, at all digits, or at even distances. All labels are in one notation. Minor
 * ticks are at 2, 3, …, 9 times each power of ten.
 */
final class DecadeAxis extends LogAxis {
  private static final long serialVersionUID = 1L;

  private static final int FEWEST = 3;
  private static final int MOST = 9;

  private static final double[][] DIGITS = {{1}, {1, 2, 5}, {1, 2, 3, 4, 5, 6, 7, 8, 9}};

  private final boolean whole;

  /**
   * Over a range.
   *
   * @param low lower end, above 0
   * @param high upper end
   * @param whole whether labels are only at whole numbers
   */
  DecadeAxis(double low, double high, boolean whole) {
    setBase(10);
    setRange(low, high);
    this.whole = whole;
    setMinorTickMarksVisible(true);
  }

  @Override
  @SuppressWarnings("rawtypes") // JFreeChart's lists of ticks are raw
  public List refreshTicks(
      Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
    List<Double> labels = labels();
    boolean decades = labels.stream().allMatch(DecadeAxis::isPower);
    TickText text =
        decades && labels.size() >= FEWEST && !whole
            ? TickText.powers()
            : TickText.between(
                labels.stream().mapToDouble(v -> v).min().orElse(1),
                labels.stream().mapToDouble(v -> v).max().orElse(1));
    List<NumberTick> ticks = new ArrayList<>();
    for (double label : labels) {
      ticks.add(tick(TickType.MAJOR, label, text.of(label), edge));
    }
    for (double minor : multiples(DIGITS[2])) {
      if (!labels.contains(minor) && decades() <= MOST) {
        ticks.add(tick(TickType.MINOR, minor, "", edge));
      }
    }
    return ticks;
  }

  /** Where there are labels, in rising order. */
  List<Double> labels() {
    List<Double> labels = List.of();
    for (double[] digits : DIGITS) {
      labels = multiples(digits);
      if (labels.size() >= FEWEST) {
        return thinned(labels);
      }
    }
    double unit = LinearAxis.unit(getUpperBound() - getLowerBound(), FEWEST + 1, whole);
    List<Double> even = new ArrayList<>();
    for (long i = (long) Math.ceil(getLowerBound() / unit); i * unit <= getUpperBound(); i++) {
      even.add(i * unit);
    }
    return even.size() > labels.size() ? even : labels;
  }

  private double decades() {
    return Math.log10(getUpperBound() / getLowerBound());
  }

  private static boolean isPower(double value) {
    double power = Math.log10(value);
    return Math.abs(power - Math.rint(power)) < 1e-9;
  }

  private static List<Double> thinned(List<Double> labels) {
    if (labels.size() <= MOST) {
      return labels;
    }
    int every = (labels.size() + MOST - 1) / MOST;
    // so that 10^0, or else the powers divisible by the step, are among them
    DoublePredicate kept = value -> Math.floorMod(Math.round(Math.log10(value)), every) == 0;
    return labels.stream().filter(kept::test).toList();
  }

  private List<Double> multiples(double... digits) {
    List<Double> values = new ArrayList<>();
    int first = (int) Math.floor(Math.log10(getLowerBound()));
    int last = (int) Math.ceil(Math.log10(getUpperBound()));
    for (int power = first; power <= last; power++) {
      for (double digit : digits) {
        // powers below zero by division, which rounds once
        double value = power < 0 ? digit / Math.pow(10, -power) : digit * Math.pow(10, power);
        if (getRange().contains(value) && (!whole || value >= 1)) {
          values.add(value);
        }
      }
    }
    return values;
  }

  private static NumberTick tick(TickType type, double value, String label, RectangleEdge edge) {
    TextAnchor anchor =
        RectangleEdge.isTopOrBottom(edge)
            ? TextAnchor.TOP_CENTER
            : RectangleEdge.RIGHT.equals(edge) ? TextAnchor.CENTER_LEFT : TextAnchor.CENTER_RIGHT;
    return new NumberTick(type, value, label, anchor, TextAnchor.CENTER, 0);
  }
}
