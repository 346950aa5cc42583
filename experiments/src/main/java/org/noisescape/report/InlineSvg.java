package org.noisescape.report;

import java.awt.Color;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a figure's SVG part of a page: its ink, grid and paper become the page's, so that one
 * drawing serves light and dark; identifiers become unique; names of schemes go.
 */
final class InlineSvg {
  /** A symbol: one filled path in a group of its own. */
  private static final Pattern SYMBOL =
      Pattern.compile("(<g style='fill:[^']*;stroke:none'[^>]*>)<path d='([^']*)'/></g>");

  private InlineSvg() {}

  /**
   * The markup.
   *
   * @param figure what was drawn
   * @param prefix unique within the page
   */
  static String of(FigureFiles.Drawn figure, String prefix) {
    String svg = figure.svg().strip();
    String page =
        svg.replaceAll("\\s+xmlns(:\\w+)?='[^']*'", "")
            .replace(rgb(PlotStyle.INK), "var(--ink)")
            .replace(rgb(PlotStyle.GRID), "var(--grid)")
            .replace(rgb(PlotStyle.PAPER), "var(--paper)")
            .replace("id='" + figure.name() + "-", "id='" + prefix + figure.name() + "-")
            .replace("url(#" + figure.name() + "-", "url(#" + prefix + figure.name() + "-")
            .replaceFirst("\\s+width='[^']*'", "")
            .replaceFirst("\\s+height='[^']*'", "");
    for (int i = 0; i < PlotStyle.colours(); i++) {
      page = page.replace(rgb(PlotStyle.colour(i)), "var(--c" + i + ")");
    }
    page = joined(page);
    String label = Html.escape(figure.title() + ". " + figure.caption());
    return page.replaceFirst(
        "<svg", Matcher.quoteReplacement("<svg role=\"img\" aria-label=\"" + label + "\""));
  }

  /**
   * The same drawing with symbols of one look that follow each other as one path: half the size.
   */
  private static String joined(String svg) {
    StringBuilder text = new StringBuilder();
    Matcher symbol = SYMBOL.matcher(svg);
    String group = "";
    int end = 0;
    while (symbol.find()) {
      if (symbol.start() == end && symbol.group(1).equals(group)) {
        text.setLength(text.length() - "'/></g>".length());
        text.append(symbol.group(2)).append("'/></g>");
      } else {
        text.append(svg, end, symbol.end());
      }
      group = symbol.group(1);
      end = symbol.end();
    }
    return text.append(svg, end, svg.length()).toString();
  }

  private static String rgb(Color colour) {
    return "rgb(%d,%d,%d)".formatted(colour.getRed(), colour.getGreen(), colour.getBlue());
  }
}
