package org.noisescape.experiments.mori.networkpassage;

import java.util.List;
import java.util.function.Function;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.experiments.mori.PassageSlope;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** Fig. 3c of the text, and its slopes against B/η. */
final class NetworkPassageFigures {
  private NetworkPassageFigures() {}

  static List<Figure> of(
      List<NetworkPassageCurve> curves,
      NetworkPassageFit fit,
      HessianPoint minimum,
      String description) {
    NetworkPassageFit exponential = NetworkPassageFit.of(curves, NetworkPassageLaw.EXPONENTIAL);
    return List.of(
        times(curves, fit, exponential, minimum, description),
        slopes(curves, fit, exponential, minimum, description));
  }

  private static Figure times(
      List<NetworkPassageCurve> curves,
      NetworkPassageFit fit,
      NetworkPassageFit exponential,
      HessianPoint minimum,
      String description) {
    FigureBuilder figure =
        Figure.titled("first-passage", "(a) Mean first-passage time")
            .logX("c = L/L* at the threshold")
            .logY("Mean first-passage time t = ηk");
    for (int i = 0; i < curves.size(); i++) {
      NetworkPassageCurve curve = curves.get(i);
      if (curve.slope().window().size() > 1) {
        line(
            figure, i, curve, NetworkPassageLaw.POWER.slope(curve, fit.dimension()), Stroke.DASHED);
        double measured = curve.theory().passageSlope(minimum.effectiveDimension());
        line(figure, i, curve, measured, Stroke.DOTTED);
        double other = NetworkPassageLaw.EXPONENTIAL.slope(curve, exponential.dimension());
        line(figure, i, curve, other, Stroke.THIN);
      }
    }
    figure
        .entry("Eq. 16, n fitted", Stroke.DASHED)
        .entry("Eq. 16, n of Eq. 44", Stroke.DOTTED)
        .entry("exponential in the loss", Stroke.THIN);
    for (int i = 0; i < curves.size(); i++) {
      List<PassagePoint> shown =
          curves.get(i).points().stream()
              .filter(p -> p.mean().reliable() && p.mean().value() > 0)
              .toList();
      figure.points(
          "η = " + curves.get(i).theory().learningRate(),
          i,
          shown,
          PassagePoint::level,
          p -> p.mean().value(),
          p -> p.mean().standardError());
    }
    return figure.captioned(
        ("%s. Symbols: mean with its standard error; thresholds that more than half of the replicas"
                + " did not reach are left out. Lines: B/(ηh*) + 1 − n/2 through the middle of the"
                + " fitted points, h* = %.1f measured, n = %.1f ± %.1f fitted to all or %.1f from"
                + " the spectrum; thin, the slope of an exponential in the loss, n fitted.")
            .formatted(
                description,
                minimum.largest(),
                fit.dimension(),
                fit.dimensionError(),
                minimum.effectiveDimension()));
  }

  private static Figure slopes(
      List<NetworkPassageCurve> curves,
      NetworkPassageFit fit,
      NetworkPassageFit exponential,
      HessianPoint minimum,
      String description) {
    List<NetworkPassageCurve> fitted =
        curves.stream().filter(c -> Double.isFinite(c.slope().slope())).toList();
    double n = minimum.effectiveDimension();
    FigureBuilder figure =
        Figure.titled("slopes", "(b) Slope against B/η")
            .x("B/η")
            .y("Slope of log t against log c")
            .dashed(
                "h* measured, n fitted",
                Figure.INK,
                fitted,
                NetworkPassageCurve::batchOverRate,
                c -> NetworkPassageLaw.POWER.slope(c, fit.dimension()))
            .line(
                "h* and n measured",
                Figure.INK,
                Stroke.DOTTED,
                fitted,
                NetworkPassageCurve::batchOverRate,
                c -> c.theory().passageSlope(n))
            .line(
                "exponential in the loss, n fitted",
                Figure.INK,
                Stroke.THIN,
                fitted,
                NetworkPassageCurve::batchOverRate,
                c -> NetworkPassageLaw.EXPONENTIAL.slope(c, exponential.dimension()));
    points(figure, "fitted thresholds", 0, fitted, NetworkPassageCurve::slope);
    List<NetworkPassageCurve> early =
        curves.stream().filter(c -> c.early().window().size() > 1).toList();
    if (!early.isEmpty()) {
      points(figure, "thresholds that all passed", 1, early, NetworkPassageCurve::early);
    }
    return figure.captioned(
        description
            + ". Slopes of log t against log c with bootstrap errors over replicas, over the fitted"
            + " thresholds of (a) and over those early ones that all replicas passed; by Eq. 16 a"
            + " straight line of slope 1/h* and intercept 1 − n/2. Thin: the slopes over the same"
            + " thresholds of an exponential in the loss, n fitted.");
  }

  private static void points(
      FigureBuilder into,
      String name,
      int colour,
      List<NetworkPassageCurve> curves,
      Function<NetworkPassageCurve, PassageSlope> slope) {
    into.points(
        name,
        colour,
        curves,
        NetworkPassageCurve::batchOverRate,
        c -> slope.apply(c).slope(),
        c -> slope.apply(c).standardError());
  }

  private static void line(
      FigureBuilder into, int colour, NetworkPassageCurve curve, double slope, Stroke stroke) {
    double[] levels = {curve.slope().from(), curve.slope().to()};
    into.line("", colour, stroke, levels, c -> Math.exp(curve.slope().lineThroughMiddle(slope, c)));
  }
}
