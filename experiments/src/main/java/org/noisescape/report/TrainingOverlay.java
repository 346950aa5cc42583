package org.noisescape.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Scale;

/** Curves of several training runs in one drawing, one colour a configuration. */
final class TrainingOverlay {
  /** A quantity of a row of metrics. */
  private record Quantity(
      String name, String title, Axis axis, ToDoubleFunction<Map<String, Double>> value) {
    Quantity(String name, String title, String axis, Scale scale, String column) {
      this(name, title, new Axis(axis, scale), row -> row.getOrDefault(column, Double.NaN));
    }
  }

  private static final List<Quantity> LEARNING =
      List.of(
          new Quantity("train-loss", "Training loss", "Training loss L", Scale.LOG, "train_loss"),
          new Quantity("test-loss", "Test loss", "Test loss", Scale.LOG, "test_loss"),
          new Quantity(
              "test-accuracy", "Test accuracy", "Test accuracy", Scale.LINEAR, "test_accuracy"),
          new Quantity(
              "gap",
              "Generalisation gap",
              new Axis("Test loss − training loss", Scale.LINEAR),
              row ->
                  row.getOrDefault("test_loss", Double.NaN)
                      - row.getOrDefault("train_loss", Double.NaN)));

  private static final List<Quantity> NOISE =
      List.of(
          new Quantity(
              "noise", "Noise strength", "Noise strength 𝒩", Scale.LOG, "noise_strength"));

  private static final List<Quantity> CURVATURE =
      List.of(
          new Quantity(
              "sharpness",
              "Largest eigenvalue of H",
              "Largest eigenvalue of H",
              Scale.LINEAR,
              "hessian_top_1"),
          new Quantity("trace", "Trace of H", "tr H", Scale.LINEAR, "hessian_trace"),
          new Quantity(
              "outliers", "Outliers of H", "Outliers among the top", Scale.LINEAR, "outliers"));

  /** Columns that have a figure of their own in a comparison. */
  private static final Set<String> SHOWN =
      Set.of(
          "train_loss",
          "test_loss",
          "test_accuracy",
          "noise_strength",
          "hessian_top_1",
          "hessian_trace",
          "outliers");

  /** Figures of other quantities. */
  private static final int MOST_OTHERS = 24;

  /** Families of more columns, as eigenvalues or layers, are told in each run's own part. */
  private static final int MOST_COLUMNS = 4;

  private final List<TrainingGroup> groups;
  private final GroupNames names;

  TrainingOverlay(List<TrainingGroup> groups, GroupNames names) {
    this.groups = groups;
    this.names = names;
  }

  /** Losses, accuracy, generalisation gap. */
  List<Figure> learning() {
    return figures(LEARNING);
  }

  /** Noise strength. */
  List<Figure> noise() {
    return figures(NOISE);
  }

  /** What probes say of the Hessian. */
  List<Figure> curvature() {
    return figures(CURVATURE);
  }

  /** Every other quantity that is no list, of a layer or of a class. */
  List<Figure> others() {
    List<Metrics> all = groups.stream().flatMap(group -> group.trajectories().stream()).toList();
    List<Quantity> others = new ArrayList<>();
    for (MeasuredColumns.Family family : new MeasuredColumns(all).families()) {
      for (int i = 0; i < family.columns().size(); i++) {
        String column = family.columns().get(i);
        boolean fits =
            family.columns().size() <= MOST_COLUMNS && !column.contains(Metrics.OF_LAYER);
        if (fits && !SHOWN.contains(column) && others.size() < MOST_OTHERS) {
          String series = family.series().get(i);
          String title = family.drawn().title() + (series.isEmpty() ? "" : ": " + series);
          double[] values =
              all.stream()
                  .flatMapToDouble(metrics -> Arrays.stream(metrics.column(column)))
                  .toArray();
          others.add(
              new Quantity(
                  ColumnFamily.fileName("other-" + column),
                  title,
                  family.drawn().label(),
                  family.drawn().spacing().scale(values),
                  column));
        }
      }
    }
    return figures(others);
  }

  private List<Figure> figures(List<Quantity> quantities) {
    List<Figure> figures = new ArrayList<>();
    for (Quantity quantity : quantities) {
      FigureBuilder figure =
          Figure.titled(quantity.name(), quantity.title()).x("Epoch").y(quantity.axis());
      for (TrainingGroup group : groups) {
        GroupCurve curve = GroupCurve.of(group, quantity.value());
        if (!curve.isEmpty()) {
          curve.draw(figure, group, names.legend(group, curve.n()));
        }
      }
      if (!figure.isEmpty()) {
        figures.add(figure.captioned(caption()));
      }
    }
    return figures;
  }

  private String caption() {
    return "Against epochs done. Lines: mean over the runs and replicas of a configuration; bands:"
        + " ± standard error of that mean, where n > 1. Thin: single runs after the last step that"
        + " all of their configuration reached."
        + names.legendElsewhere();
  }
}
