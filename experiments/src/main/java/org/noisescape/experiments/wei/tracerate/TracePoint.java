package org.noisescape.experiments.wei.tracerate;

import java.util.List;
import java.util.stream.IntStream;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;

/**
 * Change of the trace at one learning rate.
 *
 * @param learningRate η
 * @param change ⟨ΔT⟩ over the measured steps
 * @param standardError over replicas
 * @param before ⟨T⟩ at their beginning
 * @param corrected what the drift along the valley gives without expansion in η
 * @param replicas R
 * @param flipped replicas that were seen on the other side of a kink
 */
record TracePoint(
    double learningRate,
    double change,
    double standardError,
    double before,
    double corrected,
    int replicas,
    int flipped) {
  /** Of the figure's horizontal axis. */
  private static final double UNIT = 1e-6;

  /** η². */
  double squaredRate() {
    return learningRate * learningRate;
  }

  /** Theorem 1, of a change a unit of η². */
  double leading(double perSquare) {
    return perSquare * learningRate * learningRate;
  }

  /** Against {@link #corrected}. */
  static double chiSquare(List<TracePoint> points) {
    return points.stream()
        .mapToDouble(p -> Math.pow((p.change - p.corrected) / p.standardError, 2))
        .sum();
  }

  static Csv<TracePoint> table(List<TracePoint> points, double strength, double perSquare) {
    return Csv.of("trace_rate", points)
        .column("learning_rate", TracePoint::learningRate)
        .column("strength", p -> strength)
        .column("value", TracePoint::change)
        .column("standard_error", TracePoint::standardError)
        .column("replicas", TracePoint::replicas)
        .column("censored", p -> 0)
        .column("flipped", TracePoint::flipped)
        .column("theory_leading", p -> p.leading(perSquare))
        .column("theory_corrected", TracePoint::corrected)
        .column("trace_before", TracePoint::before);
  }

  static Figure figure(List<TracePoint> points, TraceFit fit, double perSquare, double isotropic) {
    TracePoint last = points.getLast();
    double end = points.stream().mapToDouble(p -> p.squaredRate() / UNIT).max().orElseThrow();
    double[] ends = {0, end};
    double[] fine = IntStream.rangeClosed(0, 100).mapToDouble(i -> end * i / 100).toArray();
    return Figure.titled(
            "trace-rate", "Change of the Hessian's trace against the squared learning rate")
        .x("Squared learning rate / 10\u207b\u2076")
        .y("Change of the trace")
        .dashed("Theorem 1", Figure.INK, ends, new double[] {0, perSquare * end * UNIT})
        .line(
            "with the variances of the iteration",
            1,
            Stroke.DOTTED,
            points,
            p -> p.squaredRate() / UNIT,
            TracePoint::corrected)
        .line("best line", 0, Stroke.SOLID, ends, x -> fit.line().at(x * UNIT))
        .line("half and twice the rate", 3, Stroke.THIN, ends, x -> perSquare / 2 * x * UNIT)
        .line("", 3, Stroke.THIN, ends, x -> 2 * perSquare * x * UNIT)
        .line("isotropic noise", 2, Stroke.THIN, ends, x -> isotropic * x * UNIT)
        .line(
            "proportional to the rate",
            4,
            Stroke.THIN,
            fine,
            x -> last.change * Math.sqrt(x * UNIT) / last.learningRate)
        .points(
            "SGD noise",
            0,
            points,
            p -> p.squaredRate() / UNIT,
            TracePoint::change,
            TracePoint::standardError)
        .captioned(
            "Mean over replicas with standard errors. Dashed: Theorem 1, slope −(steps/4) s |∇T|²."
                + " Dotted: the same with the stationary variances of the iteration, ηs/(2 − ηλ),"
                + " instead of their leading term ηs/2. Thin: other laws; isotropic noise"
                + " has the trace of the aligned one at the start.");
  }
}
