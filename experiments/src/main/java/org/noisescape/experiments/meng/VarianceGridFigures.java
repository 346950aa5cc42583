package org.noisescape.experiments.meng;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.meng.NoiseMethod.Kind;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/** Final values on the selection seeds against the variances. */
final class VarianceGridFigures {
  private static final double MARGIN = 1.3;

  private final PlSgdResult result;

  VarianceGridFigures(PlSgdResult result) {
    this.result = result;
  }

  List<Figure> all() {
    List<Figure> figures = new ArrayList<>();
    for (CurveQuantity quantity : List.of(CurveQuantity.TEST_ACCURACY, CurveQuantity.TRAIN_LOSS)) {
      String name = quantity == CurveQuantity.TEST_ACCURACY ? "accuracy" : "loss";
      Scale scale = quantity == CurveQuantity.TEST_ACCURACY ? Scale.LINEAR : Scale.LOG;
      figures.add(powerLaw(quantity, "pl-sgd-" + name, scale));
      figures.add(langevin(quantity, "sgld-" + name, scale));
    }
    return figures;
  }

  /** Against λ₁, a line a λ₂. */
  private Figure powerLaw(CurveQuantity quantity, String name, Scale scale) {
    List<MethodRuns> grid =
        of(Kind.PL_SGD).stream().filter(r -> r.method().stateDependent() > 0).toList();
    List<Mark> marks =
        sgd(grid.stream().mapToDouble(r -> r.method().stateDependent()).toArray(), quantity);
    int colour = 1;
    for (double lambda2 : grid.stream().map(r -> r.method().additive()).distinct().toList()) {
      List<MethodRuns> row = grid.stream().filter(r -> r.method().additive() == lambda2).toList();
      double[] x = row.stream().mapToDouble(r -> r.method().stateDependent()).toArray();
      add(marks, "λ₂ = " + NoiseMethod.plain(lambda2), colour++, x, row, quantity);
    }
    return figure(name, "PL-SGD: " + quantity.title(), "Variance λ₁", quantity, scale, marks);
  }

  /** Against λ₃. */
  private Figure langevin(CurveQuantity quantity, String name, Scale scale) {
    List<MethodRuns> row = of(Kind.SGLD).stream().filter(r -> r.method().additive() > 0).toList();
    double[] x = row.stream().mapToDouble(r -> r.method().additive()).toArray();
    List<Mark> marks = sgd(x, quantity);
    add(marks, "SGLD", 1, x, row, quantity);
    return figure(name, "SGLD: " + quantity.title(), "Variance λ₃", quantity, scale, marks);
  }

  private Figure figure(
      String name,
      String title,
      String label,
      CurveQuantity quantity,
      Scale scale,
      List<Mark> marks) {
    return new Figure(
        name,
        title + " at the end",
        String.format(
            Locale.ROOT,
            "Means over the %d selection seeds, ± standard error over seeds; dashed with a band, SGD."
                + " All methods share their seeds, so that differences are more certain than the"
                + " bars say. Methods with a seed that diverged are left out.",
            result.plan().selection().count()),
        new Axis(label, Scale.LOG),
        new Axis(quantity.title(), scale),
        marks);
  }

  private List<Mark> sgd(double[] variances, CurveQuantity quantity) {
    List<Mark> marks = new ArrayList<>();
    if (variances.length == 0) {
      return marks;
    }
    SeedMean mean = of(Kind.SGD).getFirst().mean(quantity);
    double[] ends = {
      Arrays.stream(variances).min().orElseThrow() / MARGIN,
      Arrays.stream(variances).max().orElseThrow() * MARGIN
    };
    if (mean.seeds() > 1) {
      double error = mean.standardError();
      marks.add(
          new Band(
              "",
              0,
              ends,
              PlSgdFigures.both(mean.mean() - error),
              PlSgdFigures.both(mean.mean() + error)));
    }
    marks.add(new Line("SGD", 0, Stroke.DASHED, ends, PlSgdFigures.both(mean.mean())));
    return marks;
  }

  private static void add(
      List<Mark> marks,
      String name,
      int colour,
      double[] x,
      List<MethodRuns> row,
      CurveQuantity quantity) {
    double[] y = row.stream().mapToDouble(r -> r.mean(quantity).mean()).toArray();
    double[] error =
        row.stream()
            .mapToDouble(r -> r.curves().size() > 1 ? r.mean(quantity).standardError() : 0)
            .toArray();
    marks.add(new Line("", colour, Stroke.SOLID, x, y));
    marks.add(new Points(name, colour, x, y, error));
  }

  private List<MethodRuns> of(Kind kind) {
    return result.selection().stream()
        .filter(runs -> runs.method().kind() == kind && runs.complete())
        .toList();
  }
}
