package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WrongFile;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/** The data of figures, as files that anyone may have written. */
class StoredFigureTest {
  private static final PlotGeometry PLOT =
      new PlotGeometry(
          60.5,
          10,
          400,
          300,
          new PlotGeometry.Reach(0.5, 20, Scale.LOG),
          new PlotGeometry.Reach(-1, 1, Scale.LINEAR));

  private static final RecursiveComparisonConfiguration NAN =
      RecursiveComparisonConfiguration.builder()
          .withEqualsForType((Double a, Double b) -> a.equals(b), Double.class)
          .build();

  @TempDir Path folder;

  @Test
  void aFigureComesBackWithEveryNumber() throws IOException {
    Figure figure = everything();
    Path file = folder.resolve("f.json");
    JsonFile.write(file, FigureData.of(figure, Optional.of(PLOT)));

    StoredFigure read = StoredFigure.read(file);

    assertThat(read.figure()).usingRecursiveComparison(NAN).isEqualTo(figure);
    assertThat(read.geometry()).contains(PLOT);
  }

  @Test
  void whatIsNoFiniteNumberIsNotDrawnEitherWay() throws IOException {
    double[] values = {1, Double.NaN, Double.POSITIVE_INFINITY};
    Figure figure = Figure.titled("f", "").points("", 0, values, values).captioned("");
    Path file = folder.resolve("f.json");
    JsonFile.write(file, FigureData.of(figure, Optional.empty()));

    StoredFigure read = StoredFigure.read(file);

    assertThat(((Figure.Points) read.figure().marks().getFirst()).y())
        .containsExactly(1, Double.NaN, Double.NaN);
    assertThat(read.geometry()).isEmpty();
    assertThat(FigureFiles.draw(read.figure()).svg()).isEqualTo(FigureFiles.draw(figure).svg());
  }

  @Test
  void aFolderKeepsTheDataAndSaysWhereTheyLie() throws IOException {
    double[] x = {1, 10, 100};
    double[] y = {-2, 0, 7};
    Figure figure = Figure.titled("curve", "C").logX("x").y("y").points("", 0, x, y).captioned("");
    FigureFiles.write(folder, List.of(figure));

    FigureFiles.Drawn drawn = FigureFiles.read(folder).getFirst();
    assertThat(drawn.figure()).get().usingRecursiveComparison().isEqualTo(figure);
    // the symbols' own places in the drawing say the same
    PlotGeometry plot = drawn.geometry().orElseThrow();
    for (int i = 0; i < x.length; i++) {
      double share = Math.log(x[i] / plot.x().low()) / Math.log(plot.x().high() / plot.x().low());
      double down = (plot.y().high() - y[i]) / (plot.y().high() - plot.y().low());
      double[] place = symbols(drawn.svg()).get(i);
      assertThat(place[0]).isEqualTo(plot.left() + share * plot.width(), within(0.02));
      assertThat(place[1]).isEqualTo(plot.top() + down * plot.height(), within(0.02));
    }
  }

  @Test
  void aFolderWithoutDataStillShows() throws IOException {
    FigureFiles.write(folder, List.of(everything()));
    Files.delete(folder.resolve("figures/everything.json"));

    FigureFiles.Drawn drawn = FigureFiles.read(folder).getFirst();

    assertThat(drawn.svg()).startsWith("<svg");
    assertThat(drawn.figure()).isEmpty();
    assertThat(drawn.geometry()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"kind\" : \"band\" | \"kind\" : \"arrow\" | field 'marks[0].kind' must be points",
        "\"stroke\" : \"dashed\" | \"stroke\" : \"DASHED\" | field 'marks[2].stroke' is none of",
        "\"colour\" : 3 | \"colour\" : -2 | field 'marks[1].colour' must be a whole number",
        "\"x\" : [ 1.0, 2.0, 3.0 ] | \"x\" : [ 1.0, 2.0 ] | field 'marks[0].lower' must be a list of 2",
        "\"error\" : [ 0.5, | \"error\" : [ true, | field 'marks[1].error[0]' must be a number",
        "\"labels\" : [ \"a\", \"b\" ] | \"labels\" : [ \"a\" ] | field 'marks[4].rows[0].labels'",
        "\"scale\" : \"log\" | \"scale\" : \"cubic\" | field 'y.scale' is none of the known values",
        "\"width\" : 400.0 | \"width\" : 0.0 | a plot area needs a place and a size",
        "\"low\" : 0.5 | \"low\" : 0.0 | an axis needs two ends in rising order, above 0",
        "\"name\" : \"everything\" | \"name\" : \"../x\" | a figure name has small letters",
        "\"marks\" : [ | \"marks\" : [ 7, | field 'marks[0]' must be an object",
      })
  void whatIsWrongIsNamed(String right, String wrong, String complaint) throws IOException {
    Path file = folder.resolve("f.json");
    String text = FigureData.of(everything(), Optional.of(PLOT)).toPrettyString();
    assertThat(text).contains(right);
    Files.writeString(file, text.replace(right, wrong));

    assertThatThrownBy(() -> StoredFigure.read(file))
        .isInstanceOf(WrongFile.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(complaint)
        .hasMessageNotContaining("\n");
  }

  @Test
  void dataOfAnotherFigureAreRefused() throws IOException {
    FigureFiles.write(folder, List.of(everything()));
    Path file = folder.resolve("figures/everything.json");
    Files.writeString(file, Files.readString(file).replace("\"everything\"", "\"other\""));

    assertThatThrownBy(() -> FigureFiles.read(folder))
        .isInstanceOf(WrongFile.class)
        .hasMessageContaining("must be the file's own, 'everything'");
  }

  private static Figure everything() {
    double[] x = {1, 2, 3};
    return Figure.titled("everything", "Title")
        .x(Axis.of("names", List.of("p", "q")))
        .y(new Axis("y", Scale.LOG))
        .band("band", 1, x, new double[] {1, 1, 1}, new double[] {2, 3, 4})
        .points("points", 3, x, new double[] {4, 5, 1e-300}, new double[] {0.5, 0, 1})
        .line("line", Figure.INK, Stroke.DASHED, x, new double[] {1, -0.123456789, 1e17})
        .span("span", 2, -1, 0.5)
        .cells(
            "cells",
            Scale.LINEAR,
            new double[][] {{1, Double.NaN}, {2, 3}},
            new String[][] {{"a", "b"}, {"c", ""}})
        .geometric()
        .captioned("Caption.");
  }

  private static List<double[]> symbols(String svg) {
    // a circle begins at its rightmost point
    return java.util.regex.Pattern.compile(
            "rgb\\(0,114,178\\);stroke:none'[^>]*><path d='M([0-9.]+)[ ,]([0-9.]+)")
        .matcher(svg)
        .results()
        .map(
            m ->
                new double[] {
                  Double.parseDouble(m.group(1)) - PlotStyle.SCREEN.radius(),
                  Double.parseDouble(m.group(2))
                })
        .toList();
  }
}
