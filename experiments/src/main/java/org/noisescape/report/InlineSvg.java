package org.noisescape.report;

import java.awt.Color;

/**
 * Makes a figure's SVG part of a page: its ink, grid and paper become the page's, so that one
 * drawing serves light and dark; identifiers become unique; names of schemes go.
 */
final class InlineSvg {
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
    String label = Html.escape(figure.title() + ". " + figure.caption());
    return page.replaceFirst(
        "<svg",
        java.util.regex.Matcher.quoteReplacement("<svg role=\"img\" aria-label=\"" + label + "\""));
  }

  private static String rgb(Color colour) {
    return "rgb(%d,%d,%d)".formatted(colour.getRed(), colour.getGreen(), colour.getBlue());
  }
}
