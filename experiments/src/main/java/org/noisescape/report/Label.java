package org.noisescape.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A label of a figure, in the one notation that labels are written in, as runs of text.
 *
 * <p>A subscript is {@code λ_i}, {@code η_max} after a single letter, or {@code θ_{1, 2}}; a
 * superscript {@code R^2}, {@code x^n}, {@code 10^-3} or {@code 10^{-3}}. Raised and lowered
 * letters of Unicode (², ₁, ᵀ) mean the same. An underscore within a word is itself.
 *
 * @param runs from left to right
 */
record Label(List<Run> runs) {
  /** Size of a sub- or superscript over that of the letters before it. */
  private static final double SMALL = 0.72;

  private static final double RAISED = 0.36;
  private static final double LOWERED = 0.2;

  private static final String RAISED_LETTERS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿᵀˢ";
  private static final String RAISED_MEANING = "0123456789+−=()nTs";
  private static final String LOWERED_LETTERS = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵢⱼₐₑₒₓₖₗₘₙₚₛₜ";
  private static final String LOWERED_MEANING = "0123456789+−=()ijaeoxklmnpst";

  private static final Pattern SCRIPT =
      Pattern.compile(
          "\\^\\{(?<up>[^{}]*)\\}|\\^(?<power>[-−]?[0-9.]+|[\\p{L}*])"
              + "|_\\{(?<down>[^{}]*)\\}"
              + "|(?<=(?<![A-Za-z_])\\p{L}\\p{M}{0,2}[′*]?)_(?<index>[\\p{L}\\p{N}]+)"
              + "|(?<high>["
              + RAISED_LETTERS
              + "]+)|(?<low>["
              + LOWERED_LETTERS
              + "]+)");

  /**
   * Letters of one height.
   *
   * @param text as it is drawn
   * @param level 0 on the line, 1 raised, -1 lowered
   */
  record Run(String text, int level) {
    private Font font(Font line) {
      Font font = level == 0 ? line : line.deriveFont((float) (SMALL * line.getSize2D()));
      return FigureFont.holding(text, font);
    }

    private double lift(Font line) {
      return level == 0 ? 0 : line.getSize2D() * (level > 0 ? RAISED : -LOWERED);
    }
  }

  /** Reads a label. */
  static Label of(String text) {
    List<Run> runs = new ArrayList<>();
    Matcher script = SCRIPT.matcher(text);
    int end = 0;
    while (script.find()) {
      add(runs, text.substring(end, script.start()), 0);
      String up = first(script.group("up"), script.group("power"));
      String down = first(script.group("down"), script.group("index"));
      if (up != null) {
        add(runs, up, 1);
      } else if (down != null) {
        add(runs, down, -1);
      } else if (script.group("high") != null) {
        add(runs, mapped(script.group("high"), RAISED_LETTERS, RAISED_MEANING), 1);
      } else {
        add(runs, mapped(script.group("low"), LOWERED_LETTERS, LOWERED_MEANING), -1);
      }
      end = script.end();
    }
    add(runs, text.substring(end), 0);
    return new Label(List.copyOf(runs));
  }

  /** Width of the label. */
  double width(Font font, FontRenderContext context) {
    double width = 0;
    for (Run run : runs) {
      width += run.font(font).getStringBounds(run.text(), context).getWidth();
    }
    return width;
  }

  /** Draws the label from a point on its line. */
  void draw(Graphics2D canvas, Font font, float x, float y) {
    double place = x;
    for (Run run : runs) {
      Font own = run.font(font);
      canvas.setFont(own);
      canvas.drawString(run.text(), (float) place, (float) (y - run.lift(font)));
      place += own.getStringBounds(run.text(), canvas.getFontRenderContext()).getWidth();
    }
    canvas.setFont(font);
  }

  /**
   * The content of an SVG's text element.
   *
   * @param size of the letters on the line
   */
  String svg(double size) {
    StringBuilder text = new StringBuilder();
    double lifted = 0;
    for (Run run : runs) {
      double lift = run.level() == 0 ? 0 : size * (run.level() > 0 ? RAISED : -LOWERED);
      String letters = Html.escape(run.text());
      if (run.level() == 0 && lifted == 0) {
        text.append(letters);
      } else {
        String style =
            run.level() == 0
                ? ""
                : String.format(Locale.ROOT, " style='font-size: %.2fpx'", SMALL * size);
        text.append(String.format(Locale.ROOT, "<tspan dy='%.2f'%s>", lifted - lift, style))
            .append(letters)
            .append("</tspan>");
      }
      lifted = lift;
    }
    return text.toString();
  }

  private static void add(List<Run> runs, String text, int level) {
    if (!text.isEmpty()) {
      runs.add(new Run(level == 0 ? text : text.replace('-', '−'), level));
    }
  }

  private static String first(String one, String other) {
    return one == null ? other : one;
  }

  private static String mapped(String letters, String from, String to) {
    StringBuilder text = new StringBuilder();
    letters.chars().forEach(c -> text.append(to.charAt(from.indexOf(c))));
    return text.toString();
  }
}
