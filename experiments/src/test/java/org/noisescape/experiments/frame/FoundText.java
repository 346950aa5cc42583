package org.noisescape.experiments.frame;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.report.Figure;

/** Findings as text, so that a test can write out all of them. */
public final class FoundText {
  private static final MathContext DIGITS = new MathContext(6);
  private static final double ROUNDING = 1e-12;

  private FoundText() {}

  /** A line a measurement: name | value | standard error | theory | verdict, {@code -} for none. */
  public static String numbers(Findings found) {
    return lines(found.measurements());
  }

  /** A line {@code rival name: verdict} a rival, and below it its numbers as above. */
  public static String rivals(Findings found) {
    return found.rivals().stream()
        .map(r -> "rival %s: %s\n%s".formatted(r.name(), r.verdict(), lines(r.measurements())))
        .collect(Collectors.joining());
  }

  private static String lines(List<NamedMeasurement> numbers) {
    return numbers.stream()
        .map(m -> line(m.name(), m.value(), m.standardError(), m.theory(), m.verdict()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** One of these lines. */
  public static String line(
      String name, double value, double error, double theory, Optional<Verdict> verdict) {
    return String.join(
        " | ",
        name,
        number(value),
        number(error),
        number(theory),
        verdict.map(Verdict::name).orElse("-"));
  }

  /** A table, by its place. */
  public static String table(Findings found, int index) {
    return found.tables().get(index).text();
  }

  /** All figures, as below. */
  public static String figures(Findings found) {
    return figures(found.figures());
  }

  /**
   * Figures: a line {@code file name | horizontal axis | vertical axis} of each, then a line a
   * mark: how a line is stroked, the entry of the legend, then (x, y) or (x, y, error) of the
   * first, the middle and the last point where there are more than four.
   */
  public static String figures(List<Figure> figures) {
    return figures.stream()
        .map(f -> "%s | %s | %s\n%s".formatted(f.name(), axis(f.x()), axis(f.y()), marks(f)))
        .collect(Collectors.joining());
  }

  private static String axis(Figure.Axis axis) {
    return axis.scale() == Figure.Scale.LOG ? "log " + axis.label() : axis.label();
  }

  private static String marks(Figure figure) {
    return figure.marks().stream().map(FoundText::mark).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String mark(Figure.Mark mark) {
    if (mark instanceof Figure.Line line) {
      return "%s %s:%s"
          .formatted(stroke(line), line.name(), points(line.x(), line.y(), new double[0]));
    }
    if (mark instanceof Figure.Points symbols) {
      return "points %s:%s"
          .formatted(symbols.name(), points(symbols.x(), symbols.y(), symbols.error()));
    }
    if (mark instanceof Figure.Band band) {
      return "band %s:%s%s"
          .formatted(
              band.name(),
              points(band.x(), band.lower(), new double[0]),
              points(band.x(), band.upper(), new double[0]));
    }
    if (mark instanceof Figure.Span span) {
      return "span %s: %s to %s".formatted(span.name(), number(span.from()), number(span.to()));
    }
    Figure.Cells cells = (Figure.Cells) mark;
    return "cells %s: %s"
        .formatted(
            cells.name(),
            Arrays.stream(corners(cells.values()))
                .mapToObj(FoundText::number)
                .collect(Collectors.joining(" ")));
  }

  private static String stroke(Figure.Line line) {
    return line.stroke() == Figure.Stroke.SOLID
        ? "line"
        : line.stroke().name().toLowerCase(Locale.ROOT);
  }

  /** Both ends of the first row, the middle cell, both ends of the last row. */
  private static double[] corners(double[][] values) {
    double[] first = values[0];
    double[] middle = values[values.length / 2];
    double[] last = values[values.length - 1];
    return new double[] {
      first[0], first[first.length - 1], middle[middle.length / 2], last[0], last[last.length - 1]
    };
  }

  private static String points(double[] x, double[] y, double[] error) {
    int[] shown =
        x.length > 4
            ? new int[] {0, x.length / 2, x.length - 1}
            : IntStream.range(0, x.length).toArray();
    return Arrays.stream(shown)
        .mapToObj(
            i ->
                " (%s, %s%s)"
                    .formatted(
                        number(x[i]),
                        number(y[i]),
                        error.length == 0 ? "" : ", " + number(error[i])))
        .collect(Collectors.joining());
  }

  /** Six digits; 0 for what rounding leaves of it. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return Math.abs(value) < ROUNDING
        ? "0"
        : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
