package org.noisescape.experiments.meng.plsgd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.meng.plsgd.NoiseMethod.Kind;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/** Differences from SGD on the selection seeds against the variances; one of zero has no place. */
final class VarianceGridFigures {
  private static final double MARGIN = 1.3;

  private final PlSgdResult result;

  VarianceGridFigures(PlSgdResult result) {
    this.result = result;
  }

  List<Figure> all() {
    MethodRuns sgd = result.selected(Kind.SGD);
    List<Figure> figures = new ArrayList<>();
    figures.addAll(
        pair(
            "accuracy", "Test accuracy, less SGD", r -> r.minus(sgd, CurveQuantity.TEST_ACCURACY)));
    figures.addAll(
        pair(
            "gap",
            result.plan().gap().title() + ", less SGD",
            r -> r.minus(sgd, result.plan().gap())));
    figures.addAll(pair("loss", "log₁₀ (training loss / SGD's)", r -> PlSgdResult.logLoss(r, sgd)));
    return figures;
  }

  private List<Figure> pair(
      String name, String quantity, Function<MethodRuns, PairedDifference> difference) {
    return List.of(powerLaw(name, quantity, difference), langevin(name, quantity, difference));
  }

  /** Against λ₁, a line a λ₂. */
  private Figure powerLaw(
      String name, String quantity, Function<MethodRuns, PairedDifference> difference) {
    List<MethodRuns> grid =
        of(Kind.PL_SGD).stream().filter(r -> r.method().stateDependent() > 0).toList();
    List<Mark> marks = new ArrayList<>();
    int colour = 1;
    for (double lambda2 : grid.stream().map(r -> r.method().additive()).distinct().toList()) {
      List<MethodRuns> row = grid.stream().filter(r -> r.method().additive() == lambda2).toList();
      double[] x = row.stream().mapToDouble(r -> r.method().stateDependent()).toArray();
      add(marks, "λ₂ = " + NoiseMethod.plain(lambda2), colour++, x, row, difference);
    }
    return figure("pl-sgd-" + name, "PL-SGD", "Variance λ₁", quantity, marks);
  }

  /** Against λ₃. */
  private Figure langevin(
      String name, String quantity, Function<MethodRuns, PairedDifference> difference) {
    List<MethodRuns> row = of(Kind.SGLD).stream().filter(r -> r.method().additive() > 0).toList();
    double[] x = row.stream().mapToDouble(r -> r.method().additive()).toArray();
    List<Mark> marks = new ArrayList<>();
    add(marks, "SGLD", 1, x, row, difference);
    return figure("sgld-" + name, "SGLD", "Variance λ₃", quantity, marks);
  }

  private Figure figure(
      String name, String method, String label, String quantity, List<Mark> marks) {
    double[] x =
        marks.stream()
            .filter(Points.class::isInstance)
            .flatMapToDouble(mark -> Arrays.stream(((Points) mark).x()))
            .sorted()
            .toArray();
    if (x.length > 0) {
      double[] ends = {x[0] / MARGIN, x[x.length - 1] * MARGIN};
      marks.addFirst(new Line("SGD", Figure.INK, Stroke.DASHED, ends, PlSgdFigures.both(0)));
    }
    return new Figure(
        name,
        method + ": " + quantity,
        String.format(
            Locale.ROOT,
            "Means of the differences on the same seeds, over the %d selection seeds, ± standard"
                + " error. Methods with a seed that diverged are left out.",
            result.plan().selection().count()),
        new Axis(label, Scale.LOG),
        new Axis(quantity, Scale.LINEAR),
        marks);
  }

  private static void add(
      List<Mark> marks,
      String name,
      int colour,
      double[] x,
      List<MethodRuns> row,
      Function<MethodRuns, PairedDifference> difference) {
    List<PairedDifference> differences = row.stream().map(difference).toList();
    double[] y = differences.stream().mapToDouble(PairedDifference::mean).toArray();
    // no bar where there is no error
    double[] error =
        differences.stream()
            .mapToDouble(d -> Double.isNaN(d.standardError()) ? 0 : d.standardError())
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
