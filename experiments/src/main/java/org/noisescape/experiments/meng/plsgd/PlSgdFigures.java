package org.noisescape.experiments.meng.plsgd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.meng.plsgd.NoiseMethod.Kind;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

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
    all.addAll(new VarianceGridFigures(result).all());
    return all;
  }

  /** A line over epochs. */
  private record Curve(MethodRuns runs, Stroke stroke, String name) {}

  /** Over epochs, with bands of one standard error behind all lines. */
  private Figure curves(CurveQuantity quantity, String name, Scale scale) {
    List<Curve> curves = new ArrayList<>();
    for (MethodRuns runs : result.comparison()) {
      curves.add(new Curve(runs, Stroke.SOLID, runs.method().label()));
    }
    NoiseMethod chosen = result.compared(Kind.SGLD).method();
    for (MethodRuns runs : result.selection()) {
      if (runs.method().kind() == Kind.SGLD && !runs.method().equals(chosen)) {
        curves.add(new Curve(runs, Stroke.DOTTED, runs.method().label() + ", selection seeds"));
      }
    }
    FigureBuilder figure =
        Figure.titled(name, quantity.title + " over epochs").x("Epochs").y(quantity.title, scale);
    for (boolean lines : new boolean[] {false, true}) {
      for (int colour = 0; colour < curves.size(); colour++) {
        Curve curve = curves.get(colour);
        List<SeedCurve> seeds = curve.runs().curves();
        if (seeds.size() < (lines ? 1 : 2)) {
          continue;
        }
        List<SeedMean> means = curve.runs().means(quantity);
        double[] epochs = seeds.getFirst().epochs();
        double[] mean = Column.of(means, SeedMean::mean);
        if (lines) {
          figure.line(curve.name(), colour, curve.stroke(), epochs, mean);
        } else {
          figure.spread(colour, epochs, mean, Column.of(means, SeedMean::standardError));
        }
      }
    }
    return figure.captioned(
        ("Means over %d seeds that chose nothing, with bands of one standard error; dotted, the"
                + " other variances of SGLD, on the %d selection seeds. The numbers behind a name"
                + " are variances: λ₃ of SGLD, λ₁ and λ₂ of PL-SGD.")
            .formatted(result.plan().comparison().count(), result.plan().selection().count()));
  }

  /** A difference from SGD on each seed, with mean and interval. */
  private Figure differences(CurveQuantity quantity, String name, String verdicts) {
    FigureBuilder figure =
        Figure.titled(name, quantity.title + " less that of SGD, seed by seed")
            .x("Comparison seed")
            .y(quantity.title + ", less SGD");
    StringBuilder found = new StringBuilder();
    SeedRange seeds = result.plan().comparison();
    double[] ends = {seeds.first() - 0.5, seeds.first() + seeds.count() - 0.5};
    MethodRuns sgd = result.compared(Kind.SGD);
    int colour = 1;
    for (Kind kind : List.of(Kind.SGLD, Kind.PL_SGD)) {
      MethodRuns runs = result.compared(kind).on(sgd);
      PairedDifference d = runs.minus(sgd, quantity);
      if (Double.isFinite(d.lower())) {
        double[] lower = {d.lower(), d.lower()};
        figure.band("", colour, ends, lower, new double[] {d.upper(), d.upper()});
      }
      double[] values = runs.finals(quantity);
      double[] of = sgd.on(runs).finals(quantity);
      Arrays.setAll(values, i -> values[i] - of[i]);
      figure
          .level("", colour, Stroke.SOLID, ends, d.mean())
          .points(runs.method().label(), colour, Column.of(runs.curves(), SeedCurve::seed), values);
      found.append(
          " %s: %.3g, 95 %% interval [%.3g, %.3g], p = %.2g before Holm, n = %d."
              .formatted(kind.label, d.mean(), d.lower(), d.upper(), d.pValue(), d.n()));
      colour++;
    }
    return figure
        .level("SGD", Figure.INK, Stroke.DASHED, ends, 0)
        .captioned(
            "Same initial weights and mini-batches on each seed. Lines and bands: means and 95 %"
                + " intervals over seeds."
                + found
                + " Verdict: "
                + verdicts
                + ".");
  }
}
