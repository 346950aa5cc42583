package org.noisescape.experiments.mori;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.noisescape.dynamics.statistics.SurvivalCurve;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.theory.mori.QuadraticPassage;

/** Fig. 3b of the text, and the distribution of the passage times. */
final class PassageFigures {
  private static final int CURVE = 60;
  private static final double CONFIDENCE = 0.95;

  private PassageFigures() {}

  static List<Figure> of(List<PassageCurve> curves, String description) {
    List<Figure> figures = new ArrayList<>();
    figures.add(times(curves, description));
    List<PassageCurve> fitted = curves.stream().filter(c -> !c.window().isEmpty()).toList();
    if (!fitted.isEmpty()) {
      figures.add(survival(fitted, description));
    }
    return figures;
  }

  private static Figure times(List<PassageCurve> curves, String description) {
    List<Mark> marks = new ArrayList<>();
    StringBuilder found = new StringBuilder();
    double[] none = {};
    for (int i = 0; i < curves.size(); i++) {
      PassageCurve curve = curves.get(i);
      List<PassagePoint> shown =
          curve.points().stream().filter(p -> p.mean().reliable() && p.mean().value() > 0).toList();
      if (shown.isEmpty()) {
        continue;
      }
      marks.add(equation(i, curve, shown));
      if (curve.window().size() > 1) {
        marks.add(theory(i, curve));
        found.append(
            String.format(
                Locale.ROOT,
                " d = %d: slope %.2f ± %.2f (theory %.2f) over c from %s to %s.",
                curve.dimension(),
                curve.slope(),
                curve.standardError(),
                curve.theorySlope(),
                trim(curve.window().getFirst().level()),
                trim(curve.window().getLast().level())));
      }
    }
    marks.add(new Line("slope of Eq. 16", Figure.INK, Stroke.DASHED, none, none));
    marks.add(new Line("Eq. 14, exact", Figure.INK, Stroke.DOTTED, none, none));
    for (int i = 0; i < curves.size(); i++) {
      List<PassagePoint> shown =
          curves.get(i).points().stream()
              .filter(p -> p.mean().reliable() && p.mean().value() > 0)
              .toList();
      marks.add(
          new Points(
              "d = " + curves.get(i).dimension(),
              i,
              column(shown, PassagePoint::level),
              column(shown, p -> p.mean().value()),
              column(shown, p -> p.mean().standardError())));
    }
    return new Figure(
        "first-passage",
        "(a) Mean first-passage time",
        description
            + ". Symbols: mean with its standard error; thresholds that more than half of the"
            + " replicas did not reach are left out. Dashed: the slope of Eq. 16 through the middle"
            + " of the fitted points. Dotted: the exact mean first-passage time of Eq. 14, by"
            + " quadrature."
            + found,
        new Axis("c = L/L* at the threshold", Scale.LOG),
        new Axis("Mean first-passage time t = ηk", Scale.LOG),
        marks);
  }

  /** Survival at each curve's largest fitted threshold, over the mean. */
  private static Figure survival(List<PassageCurve> curves, String description) {
    List<Mark> marks = new ArrayList<>();
    double[] reach = new double[CURVE + 1];
    StringBuilder levels = new StringBuilder();
    double longest = 0;
    for (int i = 0; i < curves.size(); i++) {
      PassagePoint point = curves.get(i).window().getLast();
      double mean = point.mean().value();
      SurvivalCurve curve = SurvivalCurve.of(point.times());
      SurvivalCurve.Limits limits = curve.pointwise(CONFIDENCE);
      double[] x = Arrays.stream(curve.times()).map(t -> t / mean).toArray();
      longest = Math.max(longest, curve.last() / mean);
      marks.add(new Band("", i, x, limits.lower(), limits.upper()));
      marks.add(
          new Line(
              "d = %d, c = %s".formatted(curves.get(i).dimension(), trim(point.level())),
              i,
              Stroke.SOLID,
              x,
              curve.survival()));
      levels.append(
          " d = %d: %d of %d censored."
              .formatted(
                  curves.get(i).dimension(), point.mean().censored(), point.mean().replicas()));
    }
    double last = longest;
    Arrays.setAll(reach, i -> last * i / CURVE);
    marks.add(
        new Line(
            "exponential",
            Figure.INK,
            Stroke.DASHED,
            reach,
            Arrays.stream(reach).map(t -> Math.exp(-t)).toArray()));
    return new Figure(
        "survival",
        "(b) Distribution of the first-passage times",
        description
            + ". Share of replicas not passed (Kaplan and Meier) at the largest fitted threshold of"
            + " each d, with pointwise 95 % limits, against the time over its mean."
            + levels,
        new Axis("Time over its mean", Scale.LINEAR),
        new Axis("Share not passed", Scale.LOG),
        marks);
  }

  private static Mark equation(int colour, PassageCurve curve, List<PassagePoint> shown) {
    double[] levels = levels(shown.getFirst().level(), shown.getLast().level());
    QuadraticPassage equation = curve.equation();
    double[] times = Arrays.stream(levels).map(c -> equation.meanTime(c).value()).toArray();
    return new Line("", colour, Stroke.DOTTED, levels, times);
  }

  /** The slope of Eq. 16 through the mean of log c and log t of the window. */
  private static Mark theory(int colour, PassageCurve curve) {
    List<PassagePoint> window = curve.window();
    double offset =
        window.stream()
            .mapToDouble(
                p -> Math.log(p.mean().value()) - curve.theorySlope() * Math.log(p.level()))
            .average()
            .orElseThrow();
    double[] levels = levels(window.getFirst().level(), window.getLast().level());
    double[] times =
        Arrays.stream(levels)
            .map(c -> Math.exp(offset + curve.theorySlope() * Math.log(c)))
            .toArray();
    return new Line("", colour, Stroke.DASHED, levels, times);
  }

  private static double[] levels(double low, double high) {
    double[] levels = new double[CURVE + 1];
    Arrays.setAll(levels, i -> low * Math.pow(high / low, (double) i / CURVE));
    return levels;
  }

  private static double[] column(
      List<PassagePoint> points, ToDoubleFunction<PassagePoint> quantity) {
    return points.stream().mapToDouble(quantity).toArray();
  }

  private static String trim(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
