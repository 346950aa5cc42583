package org.noisescape.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.runs.ReplicaMean;

/**
 * The figure of a family of columns against epochs: a line a column with its error as a band, of
 * several replicas their mean, and of many columns a map.
 */
final class FamilyFigure {
  /** More lines than these are a map: no legend would tell them apart. */
  private static final int MOST_LINES = 9;

  /** Curves of no more points have a symbol at each. */
  private static final int FEW_POINTS = 30;

  /** Columns whose replicas are drawn each, beside the mean. */
  private static final int FEW_COLUMNS = 3;

  /** Replicas that are drawn each. */
  private static final int FEW_REPLICAS = 50;

  /** Columns of a map. */
  static final int MAP_WIDTH = 40;

  private final MeasuredColumns.Family family;
  private final MeasuredColumns columns;
  private final List<Metrics> replicas;

  /** A quantity where it was measured. */
  private record Curve(double[] epochs, double[] values, double[] errors) {}

  private FamilyFigure(
      MeasuredColumns.Family family, MeasuredColumns columns, List<Metrics> replicas) {
    this.family = family;
    this.columns = columns;
    this.replicas = replicas;
  }

  /** The figure; nothing where no column has a finite number. */
  static Optional<Figure> of(
      MeasuredColumns.Family family, MeasuredColumns columns, List<Metrics> replicas) {
    return new FamilyFigure(family, columns, replicas).figure();
  }

  private Optional<Figure> figure() {
    List<List<Curve>> curves = new ArrayList<>();
    boolean any = false;
    for (String column : family.columns()) {
      List<Curve> own =
          replicas.stream()
              .map(metrics -> curve(metrics, column))
              .filter(c -> c.values().length > 0)
              .toList();
      any |= !own.isEmpty();
      curves.add(own);
    }
    if (!any) {
      return Optional.empty();
    }
    ColumnFamily drawn = family.drawn();
    Scale scale =
        drawn
            .spacing()
            .scale(
                curves.stream()
                    .flatMap(List::stream)
                    .flatMapToDouble(curve -> Arrays.stream(curve.values()))
                    .toArray());
    FigureBuilder figure = Figure.titled(drawn.figure(), drawn.title());
    boolean map = family.columns().size() > MOST_LINES;
    if (map) {
      map(figure, curves, scale);
    } else {
      figure.x("Epoch").y(drawn.label(), scale);
      lines(figure, curves);
    }
    return Optional.of(figure.captioned(caption(curves, map)));
  }

  private Curve curve(Metrics metrics, String column) {
    double[] epochs = metrics.column("epoch");
    double[] values = metrics.column(column);
    Optional<String> error = columns.error(column);
    double[] errors = error.map(metrics::column).orElseGet(() -> new double[values.length]);
    int[] there =
        IntStream.range(0, values.length)
            .filter(i -> Double.isFinite(values[i]) && Double.isFinite(epochs[i]))
            .toArray();
    return new Curve(
        taken(epochs, there),
        taken(values, there),
        Arrays.stream(taken(errors, there))
            .map(e -> e > 0 && Double.isFinite(e) ? e : 0)
            .toArray());
  }

  private static double[] taken(double[] values, int[] places) {
    return Arrays.stream(places).mapToDouble(i -> values[i]).toArray();
  }

  private void lines(FigureBuilder figure, List<List<Curve>> curves) {
    for (int i = 0; i < curves.size(); i++) {
      List<Curve> own = curves.get(i);
      String name = family.series().get(i);
      if (own.size() == 1) {
        line(figure, name, i, own.getFirst());
      } else if (!own.isEmpty()) {
        Curve mean = mean(own);
        if (curves.size() <= FEW_COLUMNS && own.size() <= FEW_REPLICAS) {
          for (Curve each : own) {
            figure.line("", i, Stroke.THIN, each.epochs(), each.values());
          }
        }
        line(figure, (name + " (mean of " + own.size() + " replicas)").strip(), i, mean);
      }
    }
  }

  private static void line(FigureBuilder figure, String name, int colour, Curve curve) {
    boolean errors = Arrays.stream(curve.errors()).anyMatch(e -> e > 0);
    if (curve.values().length == 1) {
      figure.points(name, colour, curve.epochs(), curve.values(), curve.errors());
      return;
    }
    if (errors) {
      figure.spread(colour, curve.epochs(), curve.values(), curve.errors());
    }
    boolean few = curve.values().length <= FEW_POINTS;
    figure.line(few ? "" : name, colour, curve.epochs(), curve.values());
    if (few) {
      figure.points(name, colour, curve.epochs(), curve.values());
    }
  }

  /** Mean over replicas at the epochs that all have, with the standard error of that mean. */
  private static Curve mean(List<Curve> curves) {
    double[] common =
        Arrays.stream(curves.getFirst().epochs())
            .filter(epoch -> curves.stream().allMatch(c -> place(c, epoch) >= 0))
            .toArray();
    double[] means = new double[common.length];
    double[] errors = new double[common.length];
    for (int i = 0; i < common.length; i++) {
      double epoch = common[i];
      double[] values = curves.stream().mapToDouble(c -> c.values()[place(c, epoch)]).toArray();
      ReplicaMean mean = ReplicaMean.of(values);
      means[i] = mean.mean();
      errors[i] = mean.standardError();
    }
    return new Curve(common, means, errors);
  }

  private static int place(Curve curve, double epoch) {
    return Arrays.binarySearch(curve.epochs(), epoch);
  }

  /** A row a column, the first on top; of many epochs some. */
  private void map(FigureBuilder figure, List<List<Curve>> curves, Scale scale) {
    double[] epochs =
        curves.stream()
            .flatMap(List::stream)
            .flatMapToDouble(curve -> Arrays.stream(curve.epochs()))
            .distinct()
            .sorted()
            .toArray();
    int stride = (epochs.length + MAP_WIDTH - 1) / MAP_WIDTH;
    double[] shown = Thinning.every(stride, epochs);
    double[][] values = new double[curves.size()][shown.length];
    String[][] labels = new String[curves.size()][shown.length];
    for (int row = 0; row < curves.size(); row++) {
      List<Curve> own = curves.get(curves.size() - 1 - row);
      for (int i = 0; i < shown.length; i++) {
        double epoch = shown[i];
        double mean =
            own.stream()
                .filter(curve -> place(curve, epoch) >= 0)
                .mapToDouble(curve -> curve.values()[place(curve, epoch)])
                .average()
                .orElse(Double.NaN);
        values[row][i] = scale == Scale.LOG && !(mean > 0) ? Double.NaN : mean;
        labels[row][i] = brief(mean);
      }
    }
    List<String> names = new ArrayList<>(family.series());
    Collections.reverse(names);
    figure
        .x(Axis.of("Epoch", Arrays.stream(shown).mapToObj(NumberText::of).toList()))
        .y(Axis.of("", names))
        .cells(family.drawn().label(), scale, values, labels);
  }

  /** Two digits, which fit a cell. */
  private static String brief(double value) {
    if (!Double.isFinite(value) || value == 0) {
      return NumberText.of(value);
    }
    double rounded = BigDecimal.valueOf(value).round(new MathContext(2)).doubleValue();
    boolean plain = Math.abs(rounded) >= 1e-3 && Math.abs(rounded) < 1e4;
    return plain ? NumberText.of(rounded) : String.format(Locale.ROOT, "%.0e", rounded);
  }

  private String caption(List<List<Curve>> curves, boolean map) {
    StringBuilder text = new StringBuilder(family.drawn().caption());
    boolean several = replicas.size() > 1;
    boolean errors =
        curves.stream()
            .flatMap(List::stream)
            .anyMatch(curve -> Arrays.stream(curve.errors()).anyMatch(e -> e > 0));
    boolean residual =
        family.columns().stream()
            .anyMatch(c -> columns.error(c).filter(e -> e.contains("_residual")).isPresent());
    text.append(text.isEmpty() ? "" : " ").append("Against epochs done.");
    if (map) {
      text.append(several ? " Colours: mean over the replicas." : "");
    } else if (several) {
      text.append(" Bands: ± standard error of the mean over replicas; thin: each replica.");
    } else if (errors && !residual) {
      text.append(" Bands: ± standard error.");
    }
    long failed = notConverged();
    if (failed > 0) {
      text.append(" Not converged in ").append(failed);
      text.append(failed == 1 ? " measurement." : " measurements.");
    }
    return text.toString();
  }

  private long notConverged() {
    return family.columns().stream()
        .map(columns::converged)
        .flatMap(Optional::stream)
        .distinct()
        .mapToLong(
            flag ->
                replicas.stream()
                    .mapToLong(
                        metrics ->
                            Arrays.stream(metrics.column(flag)).filter(value -> value == 0).count())
                    .sum())
        .sum();
  }
}
