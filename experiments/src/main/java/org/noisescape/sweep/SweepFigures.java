package org.noisescape.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.noisescape.experiments.fit.Column;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;
import org.noisescape.report.NumberText;

/**
 * Figures of one number over a grid: maps over the first two settings that vary, a map for each
 * choice of the others, and curves with error bars over one setting, a line for each choice of the
 * others.
 *
 * @param axes settings that vary
 * @param points of the grid
 */
record SweepFigures(SweepAxes axes, List<SeedAverage> points) {
  /** Colours of lines before they repeat. */
  static final int LINES = 6;

  /** More maps, or figures of curves, of one number nobody looks at; the table has them all. */
  static final int MOST = 9;

  /** Figures of curves of a grid of thousands of points. */
  private static final int FEW = 4;

  /** Points of a line that have markers and bars; more are a line in a band. */
  private static final int MARKED = 60;

  /** Largest value over smallest from which values above zero are shown by decades. */
  private static final double WIDE = 20;

  private static final String ERRORS =
      "means over the seeds, bars or bands are standard errors (of a single run its own, where it has"
          + " one)";

  /** All figures of a number; none where nothing varies. */
  List<Figure> of(String quantity, String prefix) {
    if (axes.size() == 0) {
      return List.of();
    }
    List<Figure> figures = new ArrayList<>();
    if (axes.size() > 1) {
      figures.addAll(maps(quantity, prefix));
    }
    figures.addAll(curves(quantity, prefix));
    return figures;
  }

  private List<Figure> maps(String quantity, String prefix) {
    String x = axes.key(0);
    String y = axes.key(1);
    List<Figure> figures = new ArrayList<>();
    for (Map.Entry<String, List<SeedAverage>> panel :
        axes.panels(points, List.of(x, y)).entrySet()) {
      List<String> columns = axes.values().get(x);
      List<String> rows = axes.values().get(y);
      double[][] values = new double[rows.size()][columns.size()];
      String[][] labels = new String[rows.size()][columns.size()];
      for (SeedAverage point : panel.getValue()) {
        int column = columns.indexOf(point.settings().get(x));
        int row = rows.indexOf(point.settings().get(y));
        values[row][column] = point.mean(quantity).value();
        labels[row][column] =
            Double.isFinite(values[row][column])
                ? shortly(values[row][column], point.mean(quantity).error())
                : point.missing();
      }
      double[] all = Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
      if (figures.size() < MOST && Arrays.stream(all).anyMatch(Double::isFinite)) {
        figures.add(
            Figure.titled(
                    "%s-map-%d".formatted(prefix, figures.size() + 1),
                    titled(quantity, panel.getKey()))
                .x(axes.map(x))
                .y(axes.map(y))
                .cells(AxisWords.label(quantity), scale(quantity), values, labels)
                .captioned(
                    "Mean over the seeds for each cell of the grid; in brackets its standard error, in units of"
                        + " the last digit."));
      }
    }
    return figures;
  }

  private List<Figure> curves(String quantity, String prefix) {
    String x = axes.along();
    List<Map.Entry<String, List<SeedAverage>>> all =
        List.copyOf(axes.panels(points, List.of(x)).entrySet());
    List<Map.Entry<String, List<SeedAverage>>> lines = chosen(all, lines(points.size()));
    List<Figure> figures = new ArrayList<>();
    for (int from = 0; from < lines.size(); from += LINES) {
      FigureBuilder figure =
          Figure.titled(
                  "%s-curve-%d".formatted(prefix, figures.size() + 1),
                  readable(quantity) + " over " + x)
              .x(axes.curve(x))
              .y(AxisWords.label(quantity), scale(quantity));
      boolean theory = false;
      for (int i = from; i < Math.min(from + LINES, lines.size()); i++) {
        Map.Entry<String, List<SeedAverage>> line = lines.get(i);
        theory |= curve(figure, x, quantity, line.getKey(), line.getValue(), i - from);
      }
      if (!figure.isEmpty()) {
        figures.add(
            figure.captioned(
                "Points are "
                    + ERRORS
                    + (theory ? "; dashed lines are what the theory says." : ".")
                    + left(lines.size(), all.size())));
      }
    }
    return figures;
  }

  /**
   * Lines of a number that are drawn: what nine figures hold, or four where there are thousands of
   * cells, few of which a line shows anyway.
   *
   * @param points of the grid
   */
  static int lines(int points) {
    return LINES * (points > CellTables.ROWS ? FEW : MOST);
  }

  /** As many of a list as can be shown, evenly spread. */
  static <T> List<T> chosen(List<T> all, int most) {
    return all.size() <= most
        ? all
        : IntStream.range(0, most)
            .mapToObj(i -> all.get((int) ((long) i * (all.size() - 1) / (most - 1))))
            .toList();
  }

  /** What a caption says of lines that are not shown. */
  static String left(int shown, int all) {
    return shown == all
        ? ""
        : " %d of %d lines, evenly spread over the grid; all numbers are in %s."
            .formatted(shown, all, SweepFolder.TABLE);
  }

  /**
   * Theory, line and points of one choice of the other settings.
   *
   * @return whether there is a theory
   */
  private boolean curve(
      FigureBuilder figure,
      String key,
      String quantity,
      String name,
      List<SeedAverage> along,
      int colour) {
    List<SeedAverage> sorted =
        along.stream()
            .filter(point -> Double.isFinite(point.mean(quantity).value()))
            .sorted(Comparator.comparing(point -> place(key, point)))
            .toList();
    List<SeedAverage.Mean> means = sorted.stream().map(point -> point.mean(quantity)).toList();
    double[] x = Column.of(sorted, point -> place(key, point));
    double[] y = Column.of(means, SeedAverage.Mean::value);
    double[] error = Column.of(means, mean -> Double.isFinite(mean.error()) ? mean.error() : 0);
    double[] theory = Column.of(means, SeedAverage.Mean::theory);
    boolean known = Arrays.stream(theory).anyMatch(Double::isFinite);
    if (known) {
      figure.dashed("", colour, x, theory);
    }
    if (x.length > MARKED && axes.curve(key).categories().isEmpty()) {
      if (Arrays.stream(error).anyMatch(e -> e > 0)) {
        figure.spread(colour, x, y, error);
      }
      figure.line(name, colour, x, y);
      return known;
    }
    // between names there is nothing
    if (x.length > 0 && axes.curve(key).categories().isEmpty()) {
      figure.joined(name, colour, Stroke.THIN, x, y, error);
    } else if (x.length > 0) {
      figure.points(name, colour, x, y, error);
    }
    return known;
  }

  private double place(String key, SeedAverage point) {
    return axes.place(key, point.settings().get(key));
  }

  private static String titled(String quantity, String panel) {
    return readable(quantity) + (panel.isEmpty() ? "" : ", " + panel);
  }

  /** By decades where all values are farther from zero than their errors reach, and far apart. */
  private Scale scale(String quantity) {
    double[] ends =
        points.stream()
            .map(point -> point.mean(quantity))
            .flatMapToDouble(
                mean ->
                    mean.error() >= mean.value()
                        ? DoubleStream.of(mean.value(), 0, mean.theory())
                        : DoubleStream.of(mean.value(), mean.theory()))
            .toArray();
    return scale(quantity, ends, WIDE);
  }

  /** Fractions run evenly, whatever their values. */
  static Scale scale(String quantity, double[] values, double wide) {
    return quantity.endsWith("accuracy") ? Scale.LINEAR : SweepAxes.scale(values, wide);
  }

  /** A column of metrics as words. */
  static String readable(String quantity) {
    return quantity.matches("[a-z0-9_]+") ? quantity.replace('_', ' ') : quantity;
  }

  /** Such as {@code 0.953(4)} for 0.9528 ± 0.0041; without an error {@link #shortly(double)}. */
  static String shortly(double value, double error) {
    int decimals = error > 0 ? -(int) Math.floor(Math.log10(error)) : -1;
    boolean fits = decimals >= 0 && decimals <= 4 && Math.abs(value) < 1e4;
    long units = fits ? Math.round(error * Math.pow(10, decimals)) : 0;
    return fits
        ? String.format(Locale.ROOT, "%." + decimals + "f(%d)", value, units)
        : shortly(value);
  }

  /** Three digits: more do not fit a cell. */
  private static String shortly(double value) {
    double size = Math.abs(value);
    return size >= 1e-2 && size < 1e4 || value == 0
        ? NumberText.of(Double.parseDouble(String.format(Locale.ROOT, "%.2e", value)))
        : String.format(Locale.ROOT, "%.1e", value).replace("e-0", "e-").replace("e+0", "e");
  }
}
