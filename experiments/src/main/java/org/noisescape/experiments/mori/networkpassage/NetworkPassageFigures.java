package org.noisescape.experiments.mori.networkpassage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/** Fig. 3c of the text, and its slopes against B/η. */
final class NetworkPassageFigures {
  private static final double[] NONE = {};

  private NetworkPassageFigures() {}

  static List<Figure> of(
      List<NetworkPassageCurve> curves,
      NetworkPassageFit fit,
      HessianPoint minimum,
      String description) {
    return List.of(
        times(curves, fit, minimum, description), slopes(curves, fit, minimum, description));
  }

  private static Figure times(
      List<NetworkPassageCurve> curves,
      NetworkPassageFit fit,
      HessianPoint minimum,
      String description) {
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < curves.size(); i++) {
      NetworkPassageCurve curve = curves.get(i);
      if (curve.slope().window().size() > 1) {
        marks.add(line(i, curve, NetworkPassageCriterion.slopeOf(curve, fit), Stroke.DASHED));
        double measured = curve.theory().passageSlope(minimum.effectiveDimension());
        marks.add(line(i, curve, measured, Stroke.DOTTED));
      }
    }
    marks.add(new Line("Eq. 16, n fitted", Figure.INK, Stroke.DASHED, NONE, NONE));
    marks.add(new Line("Eq. 16, n of Eq. 44", Figure.INK, Stroke.DOTTED, NONE, NONE));
    for (int i = 0; i < curves.size(); i++) {
      List<PassagePoint> shown =
          curves.get(i).points().stream()
              .filter(p -> p.mean().reliable() && p.mean().value() > 0)
              .toList();
      marks.add(
          new Points(
              "η = " + curves.get(i).theory().learningRate(),
              i,
              Column.of(shown, PassagePoint::level),
              Column.of(shown, p -> p.mean().value()),
              Column.of(shown, p -> p.mean().standardError())));
    }
    return new Figure(
        "first-passage",
        "(a) Mean first-passage time",
        String.format(
            Locale.ROOT,
            "%s. Symbols: mean with its standard error; thresholds that more than half of the replicas"
                + " did not reach are left out. Lines: B/(ηh*) + 1 − n/2 through the middle of the"
                + " fitted points, h* = %.1f measured, n = %.1f ± %.1f fitted to all or %.1f from"
                + " the spectrum.",
            description,
            minimum.largest(),
            fit.dimension(),
            fit.dimensionError(),
            minimum.effectiveDimension()),
        new Axis("c = L/L* at the threshold", Scale.LOG),
        new Axis("Mean first-passage time t = ηk", Scale.LOG),
        marks);
  }

  private static Figure slopes(
      List<NetworkPassageCurve> curves,
      NetworkPassageFit fit,
      HessianPoint minimum,
      String description) {
    List<NetworkPassageCurve> fitted =
        curves.stream().filter(c -> Double.isFinite(c.slope().slope())).toList();
    double[] x = Column.of(fitted, NetworkPassageCurve::batchOverRate);
    double[] y = Column.of(fitted, c -> c.slope().slope());
    double[] error = Column.of(fitted, c -> c.slope().standardError());
    double n = minimum.effectiveDimension();
    List<Mark> marks = new ArrayList<>();
    marks.add(
        new Line(
            "h* measured, n fitted",
            Figure.INK,
            Stroke.DASHED,
            x,
            Column.of(fitted, c -> NetworkPassageCriterion.slopeOf(c, fit))));
    marks.add(
        new Line(
            "h* and n measured",
            Figure.INK,
            Stroke.DOTTED,
            x,
            Column.of(fitted, c -> c.theory().passageSlope(n))));
    marks.add(new Points("fitted thresholds", 0, x, y, error));
    List<NetworkPassageCurve> early =
        curves.stream().filter(c -> c.early().window().size() > 1).toList();
    if (!early.isEmpty()) {
      marks.add(
          new Points(
              "thresholds that all passed",
              1,
              Column.of(early, NetworkPassageCurve::batchOverRate),
              Column.of(early, c -> c.early().slope()),
              Column.of(early, c -> c.early().standardError())));
    }
    return new Figure(
        "slopes",
        "(b) Slope against B/η",
        String.format(
            Locale.ROOT,
            "%s. Slopes of log t against log c with bootstrap errors over replicas, over the fitted"
                + " thresholds of (a) and over those early ones that all replicas passed; by Eq. 16 a"
                + " straight line of slope 1/h* and intercept 1 − n/2.",
            description),
        new Axis("B/η", Scale.LINEAR),
        new Axis("Slope of log t against log c", Scale.LINEAR),
        marks);
  }

  private static Mark line(int colour, NetworkPassageCurve curve, double slope, Stroke stroke) {
    double[] levels = {curve.slope().from(), curve.slope().to()};
    double[] times = new double[levels.length];
    for (int i = 0; i < levels.length; i++) {
      times[i] = Math.exp(curve.slope().lineThroughMiddle(slope, levels[i]));
    }
    return new Line("", colour, stroke, levels, times);
  }
}
