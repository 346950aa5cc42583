package org.noisescape.experiments.mori.linearpassage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.noisescape.dynamics.statistics.SurvivalCurve;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.NumberText;
import org.noisescape.theory.mori.QuadraticPassage;

/** Fig. 3b of the text, and the distribution of the passage times. */
final class PassageFigures {
  private static final int CURVE = 60;
  private static final double CONFIDENCE = 0.95;

  private PassageFigures() {}

  static List<Figure> of(List<PassageEnsemble> ensembles, String description) {
    List<Figure> figures = new ArrayList<>();
    figures.add(times(ensembles, description));
    List<PassageEnsemble> fitted =
        ensembles.stream().filter(ensemble -> ensemble.window().length > 0).toList();
    if (!fitted.isEmpty()) {
      figures.add(survival(fitted, description));
    }
    return figures;
  }

  private static Figure times(List<PassageEnsemble> ensembles, String description) {
    List<Mark> marks = new ArrayList<>();
    StringBuilder found = new StringBuilder();
    double[] none = {};
    for (int i = 0; i < ensembles.size(); i++) {
      PassageEnsemble ensemble = ensembles.get(i);
      int[] shown = shown(ensemble);
      if (shown.length == 0) {
        continue;
      }
      if (ensemble.curves().size() > 1) {
        for (PassageCurve curve : ensemble.curves()) {
          marks.add(dataSet(i, curve));
        }
      }
      marks.add(equation(i, ensemble, shown));
      int[] window = ensemble.window();
      if (window.length > 1) {
        marks.add(theory(i, ensemble));
        found.append(
            String.format(
                Locale.ROOT,
                " d = %d: slope %.2f ± %.2f (theory %.2f) over c from %s to %s.",
                ensemble.dimension(),
                ensemble.slope(),
                ensemble.standardError(),
                ensemble.theorySlope(),
                NumberText.exact(ensemble.from()),
                NumberText.exact(ensemble.to())));
      }
    }
    marks.add(new Line("slope of Eq. 16", Figure.INK, Stroke.DASHED, none, none));
    marks.add(new Line("Eq. 14, exact", Figure.INK, Stroke.DOTTED, none, none));
    for (int i = 0; i < ensembles.size(); i++) {
      PassageEnsemble ensemble = ensembles.get(i);
      int[] shown = shown(ensemble);
      double[] x = Arrays.stream(shown).mapToDouble(ensemble::level).toArray();
      double[] y = Arrays.stream(shown).mapToDouble(c -> typical(ensemble, c)).toArray();
      double[] errors =
          Arrays.stream(shown)
              .mapToDouble(
                  c ->
                      ensemble.curves().size() > 1
                          ? typical(ensemble, c) * ensemble.logTime(c).standardError()
                          : ensemble.timeError(c))
              .toArray();
      marks.add(new Points("d = " + ensemble.dimension(), i, x, y, errors));
    }
    return new Figure(
        "first-passage",
        "(a) Mean first-passage time",
        description
            + ". Symbols: geometric mean over the data sets with its standard error; thin, each data"
            + " set; thresholds that more than half of the replicas of a data set did not reach are"
            + " left out. Dashed: the slope of Eq. 16 through the middle of the fitted points."
            + " Dotted: the exact mean first-passage time of Eq. 14, by quadrature."
            + found,
        new Axis("c = L/L* at the threshold", Scale.LOG),
        new Axis("Mean first-passage time t = ηk", Scale.LOG),
        marks);
  }

  /** Survival at each dimension's largest fitted threshold on the first data set, over the mean. */
  private static Figure survival(List<PassageEnsemble> ensembles, String description) {
    List<Mark> marks = new ArrayList<>();
    StringBuilder levels = new StringBuilder();
    double longest = 0;
    for (int i = 0; i < ensembles.size(); i++) {
      PassageEnsemble ensemble = ensembles.get(i);
      int[] window = ensemble.window();
      PassagePoint point = ensemble.curves().getFirst().points().get(window[window.length - 1]);
      double mean = point.mean().value();
      SurvivalCurve curve = SurvivalCurve.of(point.times());
      SurvivalCurve.Limits limits = curve.pointwise(CONFIDENCE);
      double[] x = corners(curve.times(), 0, 1);
      Arrays.setAll(x, j -> x[j] / mean);
      longest = Math.max(longest, curve.last() / mean);
      marks.add(new Band("", i, x, corners(limits.lower(), 1, 2), corners(limits.upper(), 1, 2)));
      marks.add(
          new Line(
              "d = %d, c = %s".formatted(ensemble.dimension(), NumberText.exact(point.level())),
              i,
              Stroke.SOLID,
              x,
              corners(curve.survival(), 1, 2)));
      levels.append(
          " d = %d: %d of %d censored."
              .formatted(ensemble.dimension(), point.mean().censored(), point.mean().replicas()));
    }
    double last = longest;
    double[] reach = new double[CURVE + 1];
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
            + ". Share of replicas on the first data set that have not passed (Kaplan and Meier) at"
            + " the largest fitted threshold of each d, with pointwise 95 % limits, against the time"
            + " over its mean."
            + levels,
        new Axis("Time over its mean", Scale.LINEAR),
        new Axis("Share not passed", Scale.LOG),
        marks);
  }

  /** Coordinates of the 2n + 1 corners of a curve of n steps; `late` of them are `first`. */
  private static double[] corners(double[] values, double first, int late) {
    double[] corners = new double[2 * values.length + 1];
    Arrays.setAll(corners, j -> j < late ? first : values[(j - late) / 2]);
    return corners;
  }

  private static int[] shown(PassageEnsemble ensemble) {
    return IntStream.range(0, ensemble.thresholds())
        .filter(c -> ensemble.known(c) && ensemble.time(c).mean() > 0)
        .toArray();
  }

  private static double typical(PassageEnsemble ensemble, int threshold) {
    return Math.exp(ensemble.logTime(threshold).mean());
  }

  private static Mark dataSet(int colour, PassageCurve curve) {
    List<PassagePoint> known = curve.points().stream().filter(p -> p.mean().reliable()).toList();
    return new Line(
        "",
        colour,
        Stroke.THIN,
        Column.of(known, PassagePoint::level),
        Column.of(known, p -> p.mean().value()));
  }

  private static Mark equation(int colour, PassageEnsemble ensemble, int[] shown) {
    double[] levels = levels(ensemble.level(shown[0]), ensemble.level(shown[shown.length - 1]));
    QuadraticPassage equation = ensemble.curves().getFirst().equation();
    double[] times = Arrays.stream(levels).map(c -> equation.meanTime(c).value()).toArray();
    return new Line("", colour, Stroke.DOTTED, levels, times);
  }

  /** The slope of Eq. 16 through the mean of log c and log t of the window. */
  private static Mark theory(int colour, PassageEnsemble ensemble) {
    int[] window = ensemble.window();
    double slope = ensemble.theorySlope();
    double offset =
        Arrays.stream(window)
            .mapToDouble(c -> ensemble.logTime(c).mean() - slope * Math.log(ensemble.level(c)))
            .average()
            .orElseThrow();
    double[] levels = levels(ensemble.from(), ensemble.to());
    double[] times =
        Arrays.stream(levels).map(c -> Math.exp(offset + slope * Math.log(c))).toArray();
    return new Line("", colour, Stroke.DASHED, levels, times);
  }

  private static double[] levels(double low, double high) {
    double[] levels = new double[CURVE + 1];
    Arrays.setAll(levels, i -> low * Math.pow(high / low, (double) i / CURVE));
    return levels;
  }
}
