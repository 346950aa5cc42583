package org.noisescape.experiments.wei.entropicforce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.experiments.frame.CsvTable;
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
        "With noise (mean over replicas, band: one standard deviation) the parameter stops where the"
            + " forces balance; without it slides on. Dashed: averaged drift. The approach takes 2/(eta^2"
            + " s) = "
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
    marks.add(
        new Points("with noise, one replica", 0, noisy.steps(), noisy.sample(), new double[0]));
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
    double[] x = paths.stream().mapToDouble(ForcePath::slope).toArray();
    double[] y = paths.stream().mapToDouble(p -> -p.mean()).toArray();
    double[] error = paths.stream().mapToDouble(ForcePath::standardError).toArray();
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

  static CsvTable table(EntropicForce.Plan plan, List<ForcePath> paths, ForcePath descent) {
    CsvTable table =
        new CsvTable(
            "entropic_force",
            "learning_rate",
            "strength",
            "slope",
            "quantity",
            "value",
            "standard_error",
            "replicas",
            "censored",
            "theory",
            "settled",
            "transient_steps");
    for (ForcePath path : paths) {
      table.row(
          plan.rate(),
          plan.strength(),
          path.slope(),
          "mean_theta_2",
          path.mean(),
          path.standardError(),
          path.replicas(),
          0,
          plan.balance(path.slope()),
          path.settled(),
          path.transientSteps());
    }
    table.row(
        plan.rate(),
        0,
        descent.slope(),
        "theta_2_a_step",
        descent.mean(),
        Double.NaN,
        1,
        0,
        -plan.rate() * descent.slope(),
        true,
        Double.NaN);
    return table;
  }
}
