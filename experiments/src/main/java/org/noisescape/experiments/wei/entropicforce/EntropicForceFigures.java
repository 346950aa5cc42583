package org.noisescape.experiments.wei.entropicforce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/** Figures and table of {@link EntropicForce}. */
final class EntropicForceFigures {
  private EntropicForceFigures() {}

  static List<Figure> of(EntropicForce.Plan plan, List<ForcePath> paths, ForcePath descent) {
    return List.of(
        second(plan, paths.getFirst(), descent),
        first(plan, paths.getFirst(), descent),
        scan(plan, paths));
  }

  private static Figure second(EntropicForce.Plan plan, ForcePath noisy, ForcePath descent) {
    double balance = plan.balance(noisy.slope());
    double end = noisy.steps()[noisy.steps().length - 1];
    double[] low = new double[noisy.steps().length];
    double[] high = new double[low.length];
    for (int k = 0; k < low.length; k++) {
      low[k] = noisy.second()[k] - noisy.secondSpread()[k];
      high[k] = noisy.second()[k] + noisy.secondSpread()[k];
    }
    return new Figure(
        "position",
        "Position along the valley in time",
        "With noise (mean over replicas, band: one standard deviation) the parameter stops where"
            + " the forces balance; without it slides on. Dashed: averaged drift. The approach"
            + " takes 2/(eta^2 s) = "
            + plan.relaxation()
            + " steps.",
        new Axis("Step", Scale.LINEAR),
        new Axis("\u03b8\u2082", Scale.LINEAR),
        List.of(
            new Band("", 0, noisy.steps(), low, high),
            new Line("with noise", 0, Stroke.SOLID, noisy.steps(), noisy.second()),
            new Line("without noise", 1, Stroke.SOLID, descent.steps(), descent.second()),
            new Line("averaged drift", Figure.INK, Stroke.DASHED, noisy.steps(), noisy.theory()),
            new Line("", Figure.INK, Stroke.DASHED, descent.steps(), descent.theory()),
            new Line(
                "Eq. 38",
                Figure.INK,
                Stroke.DOTTED,
                new double[] {0, end},
                new double[] {balance, balance})));
  }

  private static Figure first(EntropicForce.Plan plan, ForcePath noisy, ForcePath descent) {
    double theory = Math.sqrt(plan.rate() * plan.strength() / 2);
    double end = noisy.steps()[noisy.steps().length - 1];
    List<Mark> marks = new ArrayList<>();
    marks.add(new Points("with noise, one replica", 0, noisy.steps(), noisy.sample()));
    marks.add(new Line("without noise", 1, Stroke.SOLID, descent.steps(), descent.sample()));
    for (int sign = -1; sign <= 1; sign += 2) {
      marks.add(
          new Line(
              sign < 0 ? "\u00b1\u221a(\u03b7s/2)" : "",
              Figure.INK,
              Stroke.DASHED,
              new double[] {0, end},
              new double[] {sign * theory, sign * theory}));
    }
    return new Figure(
        "curved-direction",
        "Position across the valley in time",
        "Without noise it is zero at once; with noise it keeps the width from which the entropic"
            + " force comes. Dashed: Eq. 8.",
        new Axis("Step", Scale.LINEAR),
        new Axis("\u03b8\u2081", Scale.LINEAR),
        marks);
  }

  private static Figure scan(EntropicForce.Plan plan, List<ForcePath> paths) {
    double[] x = Column.of(paths, ForcePath::slope);
    double[] y = Column.of(paths, p -> -p.mean());
    double[] error = Column.of(paths, ForcePath::standardError);
    double[] ends = {Arrays.stream(x).min().orElseThrow(), Arrays.stream(x).max().orElseThrow()};
    return new Figure(
        "balance",
        "Where the forces balance",
        "Mean position over the second half of the run, with standard errors over replicas (mostly"
            + " smaller than the symbols), against the slope of the floor. Dashed: Eq. 38.",
        new Axis("Slope \u03b1 of the floor", Scale.LOG),
        new Axis("\u2212\u27e8\u03b8\u2082\u27e9", Scale.LOG),
        List.of(
            new Line(
                "Eq. 38",
                Figure.INK,
                Stroke.DASHED,
                ends,
                new double[] {-plan.balance(ends[0]), -plan.balance(ends[1])}),
            new Points("with noise", 0, x, y, error)));
  }

  static Csv<ForcePath> table(EntropicForce.Plan plan, List<ForcePath> paths, ForcePath descent) {
    List<ForcePath> all = new ArrayList<>(paths);
    all.add(descent);
    return Csv.of("entropic_force", all)
        .column("learning_rate", p -> plan.rate())
        .column("strength", p -> p == descent ? (Object) 0 : plan.strength())
        .column("slope", ForcePath::slope)
        .column("quantity", p -> p == descent ? "theta_2_a_step" : "mean_theta_2")
        .column("value", ForcePath::mean)
        .column("standard_error", ForcePath::standardError)
        .column("replicas", ForcePath::replicas)
        .column("censored", p -> 0)
        .column("theory", p -> p == descent ? plan.slide(p) : plan.balance(p.slope()))
        .column("settled", ForcePath::settled)
        .column("transient_steps", ForcePath::transientSteps);
  }
}
