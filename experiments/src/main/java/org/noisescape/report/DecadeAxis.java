package org.noisescape.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis with a label a decade, or every few decades, and minor ticks at 2, 3, …, 9
 * times each power of ten; an axis of hardly more than a decade has labels between, the more the
 * shorter it is.
 *
 * <p>JFreeChart's own minor ticks begin only at the first decade and are not drawn where labels
 * are.
 */
final class DecadeAxis extends LogAxis {
  private static final long serialVersionUID = 1L;

  /** Ratio of the ends below which decades alone are too few labels. */
  private static final double SHORT = 15;

  /** Ratio of the ends below which each tenth of a decade has a label. */
  private static final double SHORTER = 5;

  /** Ratio of the ends below which there are labels between those. */
  private static final double SHORTEST = 3;

  private final boolean minorTicks;

  /**
   * Over a range.
   *
   * @param low lower end, above 0
   * @param high upper end
   * @param every decades between labels; minor ticks are drawn for 1
   */
  DecadeAxis(double low, double high, int every) {
    setBase(10);
    setBaseSymbol("10");
    setRange(low, high);
    setTickUnit(new NumberTickUnit(every));
    this.minorTicks = every == 1;
    setMinorTickMarksVisible(minorTicks);
  }

  @Override
  @SuppressWarnings("unchecked") // JFreeChart's lists of ticks are raw
  public List<Object> refreshTicks(
      Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
    List<Object> ticks = new ArrayList<>(super.refreshTicks(graphics, state, area, edge));
    if (minorTicks) {
      double ratio = getUpperBound() / getLowerBound();
      double decade = Math.pow(10, Math.floor(Math.log10(getLowerBound())));
      for (; decade < getUpperBound(); decade *= 10) {
        for (int i = 2; i <= 9; i++) {
          if (getRange().contains(i * decade)) {
            boolean shown = ratio < SHORTER || ratio < SHORT && (i == 2 || i == 5);
            ticks.add(minor(i * decade, shown, edge));
          }
          double between = (i - 0.5) * decade;
          if (ratio < SHORTEST && getRange().contains(between)) {
            ticks.add(minor(between, true, edge));
          }
        }
      }
    }
    return ticks;
  }

  private static NumberTick minor(double value, boolean labelled, RectangleEdge edge) {
    String label = labelled ? NumberText.of(value) : "";
    TextAnchor anchor =
        RectangleEdge.isTopOrBottom(edge) ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    return new NumberTick(TickType.MINOR, value, label, anchor, TextAnchor.CENTER, 0);
  }
}
