package org.noisescape.experiments.meng.escapetime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.dynamics.landscape.QuarticWell;
import org.noisescape.experiments.fit.Column;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.theory.passage.Interpretation;

/** Figures of {@link EscapeTime}. */
final class EscapeTimeFigures {
  private static final int POINTS = 25;
  private static final String TIME = "Mean escape time";

  private EscapeTimeFigures() {}

  static List<Figure> of(EscapeTimeResults results) {
    return List.of(
        barriers("escape-time", Scale.LINEAR, results),
        barriers("escape-time-log", Scale.LOG, results),
        widths(results),
        wells(results),
        epsilon(results.epsilon()));
  }

  private static Figure barriers(String name, Scale scale, EscapeTimeResults results) {
    List<Mark> marks = new ArrayList<>();
    for (WellDynamics dynamics : WellDynamics.values()) {
      List<WellPassage> own = results.of(dynamics);
      double low = own.getFirst().well().barrier();
      double high = own.getLast().well().barrier();
      double[] x = new double[POINTS];
      double[] exact = new double[POINTS];
      double[] formula = new double[POINTS];
      for (int i = 0; i < POINTS; i++) {
        x[i] = low + (high - low) * i / (POINTS - 1);
        QuarticWell well = results.plan().well(x[i]);
        exact[i] = dynamics.exact(results.plan(), well, -well.minimum());
        formula[i] = dynamics.formula(results.plan(), well);
      }
      int colour = dynamics.ordinal();
      boolean jumps = dynamics == WellDynamics.STABLE;
      if (!jumps) {
        marks.add(new Line(colour == 0 ? "exact" : "", colour, Stroke.DASHED, x, exact));
      }
      marks.add(new Line(colour == 0 ? "formula" : "", colour, Stroke.DOTTED, x, formula));
      marks.add(points(dynamics.label, colour, own, p -> p.well().barrier()));
    }
    return new Figure(
        name,
        scale == Scale.LOG
            ? "Escape times against the barrier, both logarithmic"
            : "Escape times against the barrier",
        "Times to the other minimum, for jumps to the top of the barrier, at fixed curvatures."
            + " Dashed: exact, by quadrature. Dotted: Theorem 6 (with Ito's power for Ito), Kramers,"
            + " and for jumps Table 1's order with its constant.",
        new Axis("Barrier \u0394L", scale),
        new Axis(TIME, Scale.LOG),
        marks);
  }

  private static Points points(
      String name, int colour, List<WellPassage> own, ToDoubleFunction<WellPassage> x) {
    return new Points(
        name,
        colour,
        Column.of(own, x),
        Column.of(own, p -> p.time().value()),
        Column.of(own, p -> p.time().standardError()));
  }

  private static Figure widths(EscapeTimeResults results) {
    List<WellPassage> fixed = results.fixedWidth();
    double[] x = Column.of(fixed, p -> p.well().barrier());
    double[] theory = Column.of(fixed, WellPassage::formula);
    return new Figure(
        "fixed-width",
        "Jumps do not see the height of the barrier",
        "Alpha-stable noise, times to the top of barriers at a fixed distance. Dotted: Table 1's order"
            + " with its constant.",
        new Axis("Barrier \u0394L", Scale.LINEAR),
        new Axis(TIME, Scale.LOG),
        List.of(
            new Line("theory", Figure.INK, Stroke.DOTTED, x, theory),
            points("\u03b1-stable", 3, fixed, p -> p.well().barrier())));
  }

  private static Figure wells(EscapeTimeResults results) {
    List<WellPassage> own =
        results.sideBySide().stream()
            .sorted(java.util.Comparator.comparingInt(WellPassage::dimension))
            .toList();
    double[] x = Column.of(own, WellPassage::dimension);
    double[] theory = Column.of(own, p -> p.exact() / p.dimension());
    return new Figure(
        "product-wells",
        "First escape from several wells side by side",
        "Power-law noise, barrier %s. Dashed: exact time of one well over their number."
            .formatted(own.getFirst().well().barrier()),
        new Axis("Number of wells", Scale.LOG),
        new Axis("Mean time to the first escape", Scale.LOG),
        List.of(
            new Line("theory", Figure.INK, Stroke.DASHED, x, theory),
            points("power-law, It\u00f4", 0, own, WellPassage::dimension)));
  }

  private static Figure epsilon(EpsilonEscapeRun run) {
    double[] x = run.times();
    double[] exact = new double[x.length];
    double[] text = new double[x.length];
    for (int k = 0; k < x.length; k++) {
      exact[k] = run.plan().dynamic().secondMoment(x[k], Interpretation.ITO);
      // Theorem 4's power through the first point: its constant is not in question
      text[k] = exact[0] * Math.pow(x[k] / x[0], run.plan().textPower());
    }
    return new Figure(
        "second-moment",
        "Second moment from the minimum",
        "kappa = %s. Theorem 4 takes the time to an epsilon from this growth."
            .formatted(run.plan().kappa()),
        new Axis("Time", Scale.LOG),
        new Axis("\u27e8w\u00b2\u27e9", Scale.LOG),
        List.of(
            new Points("iteration", 0, x, run.moments(), run.errors()),
            new Line("exact", Figure.INK, Stroke.DASHED, x, exact),
            new Line("power of Theorem 4", Figure.INK, Stroke.DOTTED, x, text)));
  }
}
