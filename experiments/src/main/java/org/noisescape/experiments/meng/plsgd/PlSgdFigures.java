package org.noisescape.experiments.meng.plsgd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.meng.plsgd.NoiseMethod.Kind;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/** Fig. 4 of the text with error bands, and the differences it is about. */
final class PlSgdFigures {
  private final PlSgdResult result;

  private PlSgdFigures(PlSgdResult result) {
    this.result = result;
  }

  static List<Figure> of(PlSgdResult result, List<Claim> claims) {
    PlSgdFigures figures = new PlSgdFigures(result);
    List<Figure> all = new ArrayList<>();
    all.add(figures.curves(CurveQuantity.TRAIN_LOSS, "train-loss", Scale.LOG));
    all.add(figures.curves(CurveQuantity.TEST_ACCURACY, "test-accuracy", Scale.LINEAR));
    all.add(figures.curves(CurveQuantity.LOSS_GAP, "loss-gap", Scale.LINEAR));
    all.add(figures.curves(CurveQuantity.ACCURACY_GAP, "accuracy-gap", Scale.LINEAR));
    all.add(
        figures.differences(
            CurveQuantity.TEST_ACCURACY,
            "accuracy-differences",
            claims.get(0).verdict() + " (1), " + claims.get(2).verdict() + " (3)"));
    all.add(
        figures.differences(
            result.plan().gap(), "gap-differences", claims.get(1).verdict() + " (2)"));
    VarianceGridFigures grid = new VarianceGridFigures(result);
    all.addAll(grid.all());
    return all;
  }

  /** Over epochs, with bands of one standard error. */
  private Figure curves(CurveQuantity quantity, String name, Scale scale) {
    List<Mark> marks = new ArrayList<>();
    List<Mark> lines = new ArrayList<>();
    int colour = 0;
    for (MethodRuns runs : result.comparison()) {
      add(marks, lines, runs, quantity, colour++, Stroke.SOLID, runs.method().label());
    }
    NoiseMethod chosen = result.compared(Kind.SGLD).method();
    for (MethodRuns runs : result.selection()) {
      if (runs.method().kind() == Kind.SGLD && !runs.method().equals(chosen)) {
        add(marks, lines, runs, quantity, colour++, Stroke.DOTTED, runs.method().label() + " *");
      }
    }
    marks.addAll(lines);
    return new Figure(
        name,
        quantity.title() + " over epochs",
        String.format(
            Locale.ROOT,
            "Means over %d seeds that chose nothing, with bands of one standard error; dotted, * :"
                + " the other variances of SGLD, on the %d selection seeds. The numbers behind a name"
                + " are variances: lambda3 of SGLD, lambda1 and lambda2 of PL-SGD.",
            result.plan().comparison().count(),
            result.plan().selection().count()),
        new Axis("Epochs", Scale.LINEAR),
        new Axis(quantity.title(), scale),
        marks);
  }

  private static void add(
      List<Mark> bands,
      List<Mark> lines,
      MethodRuns runs,
      CurveQuantity quantity,
      int colour,
      Stroke stroke,
      String name) {
    if (runs.curves().isEmpty()) {
      return;
    }
    double[] epochs = runs.curves().getFirst().epochs();
    double[] mean = new double[epochs.length];
    double[] lower = new double[epochs.length];
    double[] upper = new double[epochs.length];
    double[][] values =
        runs.curves().stream().map(curve -> curve.values(quantity)).toArray(double[][]::new);
    for (int i = 0; i < epochs.length; i++) {
      int at = i;
      SeedMean seeds = SeedMean.of(Arrays.stream(values).mapToDouble(v -> v[at]).toArray());
      mean[i] = seeds.mean();
      lower[i] = seeds.mean() - seeds.standardError();
      upper[i] = seeds.mean() + seeds.standardError();
    }
    if (runs.curves().size() > 1) {
      bands.add(new Band("", colour, epochs, lower, upper));
    }
    lines.add(new Line(name, colour, stroke, epochs, mean));
  }

  /** A difference from SGD on each seed, with mean and interval. */
  private Figure differences(CurveQuantity quantity, String name, String verdicts) {
    List<Mark> marks = new ArrayList<>();
    StringBuilder found = new StringBuilder();
    SeedRange seeds = result.plan().comparison();
    double[] ends = {seeds.first() - 0.5, seeds.first() + seeds.count() - 0.5};
    MethodRuns sgd = result.compared(Kind.SGD);
    int colour = 1;
    for (Kind kind : List.of(Kind.SGLD, Kind.PL_SGD)) {
      MethodRuns runs = result.compared(kind).on(sgd);
      PairedDifference d = runs.minus(sgd, quantity);
      if (Double.isFinite(d.lower())) {
        marks.add(new Band("", colour, ends, both(d.lower()), both(d.upper())));
      }
      marks.add(new Line("", colour, Stroke.SOLID, ends, both(d.mean())));
      double[] values = runs.finals(quantity);
      double[] of = sgd.on(runs).finals(quantity);
      Arrays.setAll(values, i -> values[i] - of[i]);
      double[] x = runs.curves().stream().mapToDouble(SeedCurve::seed).toArray();
      marks.add(new Points(runs.method().label(), colour, x, values));
      found.append(
          String.format(
              Locale.ROOT,
              " %s: %.3g, 95 %% interval [%.3g, %.3g], p = %.2g before Holm, n = %d.",
              kind.label(),
              d.mean(),
              d.lower(),
              d.upper(),
              d.pValue(),
              d.n()));
      colour++;
    }
    marks.add(new Line("SGD", Figure.INK, Stroke.DASHED, ends, both(0)));
    return new Figure(
        name,
        quantity.title() + " less that of SGD, seed by seed",
        "Same initial weights and mini-batches on each seed. Lines and bands: means and 95 %"
            + " intervals over seeds."
            + found
            + " Verdict: "
            + verdicts
            + ".",
        new Axis("Comparison seed", Scale.LINEAR),
        new Axis(quantity.title() + ", less SGD", Scale.LINEAR),
        marks);
  }

  static double[] both(double value) {
    return new double[] {value, value};
  }
}
