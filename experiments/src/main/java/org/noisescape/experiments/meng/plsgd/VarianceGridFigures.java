package org.noisescape.experiments.meng.plsgd;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.meng.plsgd.NoiseMethod.Kind;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

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
            result.plan().gap().title + ", less SGD",
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
    ToDoubleFunction<MethodRuns> x = r -> r.method().stateDependent();
    FigureBuilder figure = figure("pl-sgd-" + name, Kind.PL_SGD, "Variance λ₁", quantity, grid, x);
    int colour = 1;
    for (double lambda2 : grid.stream().map(r -> r.method().additive()).distinct().toList()) {
      List<MethodRuns> row = grid.stream().filter(r -> r.method().additive() == lambda2).toList();
      add(figure, "λ₂ = " + NoiseMethod.plain(lambda2), colour++, row, x, difference);
    }
    return captioned(figure);
  }

  /** Against λ₃. */
  private Figure langevin(
      String name, String quantity, Function<MethodRuns, PairedDifference> difference) {
    List<MethodRuns> row = of(Kind.SGLD).stream().filter(r -> r.method().additive() > 0).toList();
    ToDoubleFunction<MethodRuns> x = r -> r.method().additive();
    FigureBuilder figure = figure("sgld-" + name, Kind.SGLD, "Variance λ₃", quantity, row, x);
    add(figure, "SGLD", 1, row, x, difference);
    return captioned(figure);
  }

  /** With the line of SGD. */
  private static FigureBuilder figure(
      String name,
      Kind method,
      String label,
      String quantity,
      List<MethodRuns> runs,
      ToDoubleFunction<MethodRuns> x) {
    FigureBuilder figure =
        Figure.titled(name, method.label + ": " + quantity).logX(label).y(quantity);
    DoubleSummaryStatistics all = runs.stream().collect(Collectors.summarizingDouble(x));
    double[] ends = {all.getMin() / MARGIN, all.getMax() * MARGIN};
    return runs.isEmpty() ? figure : figure.level("SGD", Figure.INK, Stroke.DASHED, ends, 0);
  }

  private Figure captioned(FigureBuilder figure) {
    return figure.captioned(
        ("Means of the differences on the same seeds, over the %d selection seeds, ± standard"
                + " error. Methods with a seed that diverged are left out.")
            .formatted(result.plan().selection().count()));
  }

  private static void add(
      FigureBuilder figure,
      String name,
      int colour,
      List<MethodRuns> row,
      ToDoubleFunction<MethodRuns> x,
      Function<MethodRuns, PairedDifference> difference) {
    List<PairedDifference> differences = row.stream().map(difference).toList();
    figure.joined(
        name,
        colour,
        Stroke.SOLID,
        Column.of(row, x),
        Column.of(differences, PairedDifference::mean),
        Column.of(differences, PairedDifference::standardError));
  }

  private List<MethodRuns> of(Kind kind) {
    return result.selection().stream()
        .filter(runs -> runs.method().kind() == kind && runs.complete())
        .toList();
  }
}
