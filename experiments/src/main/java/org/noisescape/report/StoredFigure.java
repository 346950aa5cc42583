package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.noisescape.files.Fields;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WrongFile;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Cells;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Span;
import org.noisescape.report.Figure.Stroke;

/**
 * A figure read from its JSON, which anyone may have written.
 *
 * @param figure what it shows
 * @param geometry of the drawing beside it, where it was drawn
 */
record StoredFigure(Figure figure, Optional<PlotGeometry> geometry) {
  /** Colours repeat long before. */
  private static final int MOST_COLOURS = 1 << 20;

  /**
   * Reads a file that {@link FigureData} wrote.
   *
   * @throws WrongFile naming the field that is wrong
   */
  static StoredFigure read(Path file) {
    JsonNode tree = JsonFile.read(file);
    Fields fields = Fields.of(file, tree);
    List<Mark> marks = new ArrayList<>();
    fields.objects(FigureData.MARKS).forEach(mark -> marks.add(mark(mark)));
    try {
      Figure figure =
          new Figure(
              fields.text(FigureData.NAME),
              fields.text(FigureData.TITLE),
              fields.text(FigureData.CAPTION),
              axis(fields.object("x")),
              axis(fields.object("y")),
              marks,
              fields.flag(FigureData.GEOMETRIC));
      return new StoredFigure(figure, geometry(fields));
    } catch (WrongFile e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new WrongFile(file, e.getMessage(), e);
    }
  }

  private static Optional<PlotGeometry> geometry(Fields fields) {
    if (!fields.has(FigureData.PLOT)) {
      return Optional.empty();
    }
    Fields plot = fields.object(FigureData.PLOT);
    return Optional.of(
        new PlotGeometry(
            plot.numberOrNaN("left"),
            plot.numberOrNaN("top"),
            plot.numberOrNaN("width"),
            plot.numberOrNaN("height"),
            reach(plot.object("x")),
            reach(plot.object("y"))));
  }

  private static PlotGeometry.Reach reach(Fields fields) {
    return new PlotGeometry.Reach(
        fields.numberOrNaN("low"), fields.numberOrNaN("high"), scale(fields));
  }

  private static Axis axis(Fields fields) {
    return new Axis(fields.text("label"), scale(fields), fields.texts("categories"));
  }

  private static Scale scale(Fields fields) {
    return fields.choice("scale", text -> Scale.valueOf(constant(text)));
  }

  private static Mark mark(Fields fields) {
    String name = fields.text(FigureData.NAME);
    return switch (fields.text(FigureData.KIND)) {
      case "points" -> {
        double[] x = fields.numbers("x");
        double[] error = fields.numbers("error");
        yield new Points(
            name,
            colour(fields),
            x,
            column(fields, "y", x.length),
            error.length == 0 ? error : column(fields, "error", x.length));
      }
      case "line" -> {
        double[] x = fields.numbers("x");
        Stroke stroke = fields.choice("stroke", text -> Stroke.valueOf(constant(text)));
        yield new Line(name, colour(fields), stroke, x, column(fields, "y", x.length));
      }
      case "band" -> {
        double[] x = fields.numbers("x");
        double[] lower = column(fields, "lower", x.length);
        yield new Band(name, colour(fields), x, lower, column(fields, "upper", x.length));
      }
      case "span" ->
          new Span(name, colour(fields), fields.numberOrNaN("from"), fields.numberOrNaN("to"));
      case "cells" -> cells(name, fields);
      default -> throw fields.wrong(FigureData.KIND, "points, line, band, span or cells");
    };
  }

  private static Cells cells(String name, Fields fields) {
    List<Fields> rows = fields.objects("rows");
    double[][] values = new double[rows.size()][];
    String[][] labels = new String[rows.size()][];
    for (int row = 0; row < values.length; row++) {
      values[row] = column(rows.get(row), "values", row == 0 ? -1 : values[0].length);
      labels[row] = rows.get(row).texts("labels").toArray(String[]::new);
      if (labels[row].length != values[row].length) {
        throw rows.get(row).wrong("labels", "as many texts as there are values");
      }
    }
    return new Cells(name, scale(fields), values, labels);
  }

  private static int colour(Fields fields) {
    return (int) fields.integer(FigureData.COLOUR, Figure.INK, MOST_COLOURS);
  }

  private static double[] column(Fields fields, String name, int length) {
    double[] numbers = fields.numbers(name);
    if (length >= 0 && numbers.length != length) {
      throw fields.wrong(name, "a list of " + length + " numbers, as long as the first one");
    }
    return numbers;
  }

  private static String constant(String word) {
    if (!word.equals(word.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(word);
    }
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
