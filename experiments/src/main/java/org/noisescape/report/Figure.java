package org.noisescape.report;

import java.util.List;

/**
 * What one figure shows, independent of how it is drawn.
 *
 * @param name file name without ending
 * @param title short title
 * @param caption what is seen, a sentence or two
 * @param x horizontal axis
 * @param y vertical axis
 * @param marks what is drawn, from back to front
 * @param geometric whether a unit is as long on both axes, so that a circle is one
 */
public record Figure(
    String name,
    String title,
    String caption,
    Axis x,
    Axis y,
    List<Mark> marks,
    boolean geometric) {
  /** Copies the list and checks the name. */
  public Figure {
    marks = List.copyOf(marks);
    if (!name.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException(
          "a figure name has small letters, digits and hyphens, got '" + name + "'");
    }
  }

  /** A figure whose axes have units of their own. */
  public Figure(String name, String title, String caption, Axis x, Axis y, List<Mark> marks) {
    this(name, title, caption, x, y, marks, false);
  }

  /** Begins a figure of a name, without ending, and a title. */
  public static FigureBuilder titled(String name, String title) {
    return new FigureBuilder(name, title);
  }

  /** How an axis runs. */
  public enum Scale {
    /** Evenly. */
    LINEAR,
    /** By decades. */
    LOG
  }

  /**
   * An axis.
   *
   * @param label quantity with its symbol and unit
   * @param scale how it runs
   * @param categories labels at 0, 1, 2, … of an axis of names; empty for one of numbers
   */
  public record Axis(String label, Scale scale, List<String> categories) {
    /** Copies the list. */
    public Axis {
      categories = List.copyOf(categories);
    }

    /** An axis of numbers. */
    public Axis(String label, Scale scale) {
      this(label, scale, List.of());
    }

    /** An axis of names. */
    public static Axis of(String label, List<String> categories) {
      return new Axis(label, Scale.LINEAR, categories);
    }
  }

  /** How a line is stroked. */
  public enum Stroke {
    /** Measured. */
    SOLID,
    /** Theory. */
    DASHED,
    /** A second theory. */
    DOTTED,
    /** A third theory. */
    DASH_DOT,
    /** One of many, or a rival. */
    THIN,
    /** A second rival. */
    THIN_DASHED,
    /** A third rival. */
    THIN_DOTTED
  }

  /** Something drawn; an empty name keeps it out of the legend. */
  public sealed interface Mark {
    /** Entry of the legend. */
    String name();
  }

  /**
   * Symbols, with vertical error bars where the errors are above zero.
   *
   * @param name entry of the legend
   * @param colour index into the palette
   * @param x abscissas
   * @param y ordinates
   * @param error standard errors of y, empty for none
   */
  public record Points(String name, int colour, double[] x, double[] y, double[] error)
      implements Mark {
    /** Symbols without error bars. */
    public Points(String name, int colour, double[] x, double[] y) {
      this(name, colour, x, y, new double[0]);
    }
  }

  /**
   * A line through points.
   *
   * @param name entry of the legend
   * @param colour index into the palette, {@link #INK} for the colour of the text
   * @param stroke how it is stroked
   * @param x abscissas
   * @param y ordinates
   */
  public record Line(String name, int colour, Stroke stroke, double[] x, double[] y)
      implements Mark {}

  /**
   * A shaded band between two lines.
   *
   * @param name entry of the legend
   * @param colour index into the palette
   * @param x abscissas
   * @param lower lower edge
   * @param upper upper edge
   */
  public record Band(String name, int colour, double[] x, double[] lower, double[] upper)
      implements Mark {}

  /**
   * A shaded interval of the horizontal axis.
   *
   * @param name text at its upper end
   * @param colour index into the palette
   * @param from its lower end
   * @param to its upper end
   */
  public record Span(String name, int colour, double from, double to) implements Mark {}

  /**
   * A map of coloured cells over two axes of names.
   *
   * @param name what the colours mean, beside their scale
   * @param scale how the colours run
   * @param values a row a name of the vertical axis, NaN where there is no number
   * @param labels text within each cell
   */
  public record Cells(String name, Scale scale, double[][] values, String[][] labels)
      implements Mark {}

  /** Colour index of the text. */
  public static final int INK = -1;
}
