package org.noisescape.experiments.wei.tracedeterminant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.report.Figure;
import org.noisescape.report.FigureBuilder;

/** Figures and table of {@link TraceDeterminant}. */
final class TraceDeterminantFigures {
  private static final String CAPTION =
      " Means over replicas, whose standard errors are thinner than the lines; bands: one standard"
          + " deviation over replicas. Dashed: the averaged drift along the valley, which takes the"
          + " curved directions to be in equilibrium; under isotropic noise that fails once the"
          + " small eigenvalue has become too small for it. Dotted: the initial rate of the theorem"
          + " for the noise that lowers it.";

  private TraceDeterminantFigures() {}

  static List<Figure> of(List<SpectrumPath> paths) {
    return List.of(
        figure(
            "trace",
            "Trace of the Hessian in time",
            "SGD noise lowers it, isotropic noise raises it from this start.",
            "Trace of the Hessian",
            ValleyNoiseKind.SGD,
            paths),
        figure(
            "determinant",
            "Determinant of the Hessian in time",
            "Isotropic noise lowers it, SGD noise raises it from this start.",
            "log determinant in the curved directions",
            ValleyNoiseKind.ISOTROPIC,
            paths));
  }

  private static Figure figure(
      String name,
      String title,
      String caption,
      String axis,
      ValleyNoiseKind lowering,
      List<SpectrumPath> paths) {
    boolean trace = lowering == ValleyNoiseKind.SGD;
    FigureBuilder figure = Figure.titled(name, title).x("Step").y(axis);
    for (SpectrumPath path : paths) {
      double[] y = trace ? path.trace() : path.logDeterminant();
      double[] spread = trace ? path.traceSpread() : path.logDeterminantSpread();
      double[] theory = trace ? path.traceTheory() : path.logDeterminantTheory();
      int colour = path.kind().ordinal();
      figure
          .spread(colour, path.steps(), y, spread)
          .line(path.kind().label, colour, path.steps(), y)
          .dashed(
              colour == 0 ? "averaged drift" : "",
              Figure.INK,
              path.steps(),
              within(theory, y, spread));
      if (path.kind() == lowering) {
        double until = path.steps()[path.steps().length / 3];
        figure.dotted(
            trace ? "Theorem 1" : "Theorem 2",
            colour,
            new double[] {0, until},
            new double[] {theory[0], theory[0] + path.theoremRate() * until});
      }
    }
    return figure.captioned(caption + CAPTION);
  }

  /** Leaves out what lies beyond two standard deviations over replicas, but for the start. */
  private static double[] within(double[] theory, double[] y, double[] spread) {
    double[] shown = theory.clone();
    for (int i = 1; i < shown.length; i++) {
      boolean near = y[i] - 2 * spread[i] <= shown[i] && shown[i] <= y[i] + 2 * spread[i];
      shown[i] = near ? shown[i] : Double.NaN;
    }
    return shown;
  }

  /** A number of a path at a snapshot. */
  private record Row(
      SpectrumPath path, int k, String quantity, double value, double error, double theory) {}

  static Csv<?> table(List<SpectrumPath> paths, TraceDeterminant.Plan plan) {
    List<Row> rows = new ArrayList<>();
    for (SpectrumPath p : paths) {
      for (int k = 0; k < p.steps().length; k++) {
        rows.add(new Row(p, k, "trace", p.trace()[k], p.traceError()[k], p.traceTheory()[k]));
        rows.add(
            new Row(
                p,
                k,
                "log_determinant",
                p.logDeterminant()[k],
                p.logDeterminantError()[k],
                p.logDeterminantTheory()[k]));
      }
    }
    return Csv.of("trace_determinant", rows)
        .column("noise", r -> r.path().kind().name().toLowerCase(Locale.ROOT))
        .column("learning_rate", r -> plan.rate())
        .column("strength", r -> plan.strength(r.path().kind()))
        .column("step", r -> (long) r.path().steps()[r.k()])
        .column("quantity", Row::quantity)
        .column("value", Row::value)
        .column("standard_error", Row::error)
        .column("replicas", r -> r.path().replicas())
        .column("censored", r -> 0)
        .column("theory_drift", Row::theory);
  }
}
