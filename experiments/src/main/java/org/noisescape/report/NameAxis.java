package org.noisescape.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.ui.RectangleEdge;

/**
 * An axis of names at 0, 1, 2, …, half a place of room at both ends; where they are too many to be
 * read, every second or every few of them.
 */
final class NameAxis extends SymbolAxis {
  private static final long serialVersionUID = 1L;

  /** Letters of a name that fit beside a figure. */
  private static final int LONGEST = 22;

  private final int names;
  private final int longest;

  NameAxis(List<String> names) {
    super(null, names.stream().map(NameAxis::shortened).toArray(String[]::new));
    this.names = names.size();
    this.longest = names.stream().mapToInt(String::length).max().orElse(0);
    setGridBandsVisible(false);
    setRange(-0.5, names.size() - 0.5);
  }

  /** Letters of all names side by side. */
  int letters() {
    return names * Math.min(longest, LONGEST);
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // JFreeChart's lists of ticks are raw
  public List refreshTicks(
      Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
    List<Object> all = new ArrayList<>(super.refreshTicks(graphics, state, area, edge));
    boolean across = RectangleEdge.isTopOrBottom(edge) && !isVerticalTickLabels();
    double length = RectangleEdge.isTopOrBottom(edge) ? area.getWidth() : area.getHeight();
    double letter = getTickLabelFont().getSize2D();
    double room = across ? letter * 0.62 * Math.min(longest, LONGEST) + letter : 1.15 * letter;
    int every = Math.max(1, (int) Math.ceil(all.size() * room / Math.max(length, 1)));
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i += every) {
      kept.add(all.get(i));
    }
    return kept;
  }

  private static String shortened(String name) {
    String minus = name.replaceFirst("^-(?=[0-9.])", "−");
    return name.length() <= LONGEST ? minus : name.substring(0, LONGEST - 1) + "…";
  }
}
