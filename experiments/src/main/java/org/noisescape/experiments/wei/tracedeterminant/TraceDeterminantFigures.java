package org.noisescape.experiments.wei.tracedeterminant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.wei.SpectrumNoise;
import org.noisescape.experiments.wei.tracedeterminant.SpectrumPath.Course;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** Figures and table of {@link TraceDeterminant}. */
final class TraceDeterminantFigures {
  private static final String CAPTION =
      " Means over replicas; bands: standard errors, thinner than the lines for the most part."
          + " Dashed: the averaged drift along the valley, which takes the"
          + " curved directions to be in equilibrium; under isotropic noise that fails once the"
          + " small eigenvalue has become too small for it. Dotted: the initial rate of the theorem"
          + " for the noise that lowers it. Thin: half and twice that rate, and that of the other noise"
          + " of the same trace.";

  private TraceDeterminantFigures() {}

  static List<Figure> of(List<SpectrumPath> paths, TraceDeterminant.Plan plan) {
    return List.of(
        figure(
            "trace",
            "Trace of the Hessian in time",
            "SGD noise lowers it, isotropic noise raises it from this start.",
            "Trace of the Hessian",
            SpectrumNoise.SGD,
            paths,
            plan),
        figure(
            "determinant",
            "Determinant of the Hessian in time",
            "Isotropic noise lowers it, SGD noise raises it from this start.",
            "log determinant in the curved directions",
            SpectrumNoise.ISOTROPIC,
            paths,
            plan),
        figure(
            "squares",
            "Sum of the squared eigenvalues in time",
            "Noise of squares lowers it, isotropic noise raises it from this start.",
            "Sum of the squared eigenvalues",
            SpectrumNoise.SQUARES,
            paths,
            plan));
  }

  private static Figure figure(
      String name,
      String title,
      String caption,
      String axis,
      SpectrumNoise lowering,
      List<SpectrumPath> paths,
      TraceDeterminant.Plan plan) {
    FigureBuilder figure = Figure.titled(name, title).x("Step").y(axis);
    for (SpectrumPath path : paths) {
      Course course = path.course(lowering);
      int colour = path.kind().ordinal();
      figure
          .spread(colour, path.steps(), course.mean(), course.error())
          .line(path.kind().label(), colour, path.steps(), course.mean())
          .dashed(colour == 0 ? "averaged drift" : "", Figure.INK, path.steps(), within(course));
      if (path.kind() == lowering) {
        double start = course.theory()[0];
        double until = path.steps()[path.steps().length / 3];
        double[] ends = {0, until};
        double theorem = path.theoremRate();
        double exchanged = plan.exchangedRate(path.kind());
        figure
            .line(
                lowering == SpectrumNoise.SGD ? "Theorem 1" : "Theorem 2",
                colour,
                Stroke.DOTTED,
                ends,
                step -> start + theorem * step)
            .line(
                "half and twice the theorem",
                Figure.INK,
                Stroke.THIN,
                ends,
                step -> start + theorem / 2 * step)
            .line("", Figure.INK, Stroke.THIN, ends, step -> start + 2 * theorem * step)
            .line(
                "rate of the other noise",
                Figure.INK,
                Stroke.THIN_DASHED,
                ends,
                step -> start + exchanged * step);
      }
    }
    return figure.captioned(caption + CAPTION);
  }

  /** Leaves out what lies beyond two standard deviations over replicas, but for the start. */
  private static double[] within(Course course) {
    double[] shown = course.theory().clone();
    for (int i = 1; i < shown.length; i++) {
      double most = 2 * course.spread()[i];
      boolean near = course.mean()[i] - most <= shown[i] && shown[i] <= course.mean()[i] + most;
      shown[i] = near ? shown[i] : Double.NaN;
    }
    return shown;
  }

  /** A quantity of a path at a snapshot. */
  private record Row(SpectrumPath path, int k, String quantity, Course course) {}

  static Csv<?> table(List<SpectrumPath> paths, TraceDeterminant.Plan plan) {
    List<Row> rows = new ArrayList<>();
    for (SpectrumPath p : paths) {
      for (int k = 0; k < p.steps().length; k++) {
        for (SpectrumNoise of : TraceDeterminant.NOISES) {
          rows.add(new Row(p, k, of.column(), p.course(of)));
        }
      }
    }
    return Csv.of("trace_determinant", rows)
        .column("noise", r -> r.path().kind().name().toLowerCase(Locale.ROOT))
        .column("learning_rate", r -> plan.rate())
        .column("strength", r -> plan.strength(r.path().kind()))
        .column("step", r -> (long) r.path().steps()[r.k()])
        .column("quantity", Row::quantity)
        .column("value", r -> r.course().mean()[r.k()])
        .column("standard_error", r -> r.course().error()[r.k()])
        .column("replicas", r -> r.path().replicas())
        .column("censored", r -> 0)
        .column("theory_drift", r -> r.course().theory()[r.k()]);
  }
}
