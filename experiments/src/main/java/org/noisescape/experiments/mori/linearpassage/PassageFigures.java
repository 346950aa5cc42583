package org.noisescape.experiments.mori.linearpassage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.noisescape.dynamics.statistics.SurvivalCurve;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.report.Abscissas;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;
import org.noisescape.report.NumberText;
import org.noisescape.theory.mori.QuadraticPassage;
import org.noisescape.theory.mori.RegressionPassage;

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
    FigureBuilder figure =
        Figure.titled("first-passage", "(a) Mean first-passage time")
            .logX("c = L/L* at the threshold")
            .logY("Mean first-passage time t = ηk");
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < ensembles.size(); i++) {
      PassageEnsemble ensemble = ensembles.get(i);
      List<Integer> shown = shown(ensemble);
      if (shown.isEmpty()) {
        continue;
      }
      double[] levels =
          Abscissas.geometric(
              ensemble.level(shown.getFirst()), ensemble.level(shown.getLast()), CURVE);
      QuadraticPassage equation = ensemble.curves().getFirst().equation();
      figure.line("", i, Stroke.DOTTED, levels, c -> equation.meanTime(c).value());
      if (ensemble.window().length > 1) {
        theory(figure, i, ensemble);
        found.append(
            " d = %d: slope %.2f ± %.2f (theory %.2f) over c from %s to %s."
                .formatted(
                    ensemble.dimension(),
                    ensemble.slope(),
                    ensemble.standardError(),
                    ensemble.theorySlope(),
                    NumberText.exact(ensemble.from()),
                    NumberText.exact(ensemble.to())));
      }
    }
    figure
        .entry("slope of Eq. 16", Stroke.DASHED)
        .entry("Eq. 14, exact", Stroke.DOTTED)
        .entry("exponential in the loss", Stroke.THIN);
    for (int i = 0; i < ensembles.size(); i++) {
      PassageEnsemble ensemble = ensembles.get(i);
      figure.points(
          "d = " + ensemble.dimension(),
          i,
          shown(ensemble),
          ensemble::level,
          ensemble::typicalTime,
          ensemble::typicalTimeError);
    }
    return figure.captioned(
        description
            + ". Symbols: geometric mean over the data sets with its standard error;"
            + " thresholds that more than half of the replicas of a data set did not reach are"
            + " left out. Dashed: the slope of Eq. 16 through the middle of the fitted points; thin,"
            + " through the same point, the law of Gaussian inputs at small η, exponential in the"
            + " loss. Dotted: the exact mean first-passage time of Eq. 14, by quadrature."
            + found);
  }

  /** Survival at each dimension's largest fitted threshold on the first data set, over the mean. */
  private static Figure survival(List<PassageEnsemble> ensembles, String description) {
    FigureBuilder figure =
        Figure.titled("survival", "(b) Distribution of the first-passage times")
            .x("Time over its mean")
            .logY("Share not passed");
    StringBuilder levels = new StringBuilder();
    double longest = 0;
    for (int i = 0; i < ensembles.size(); i++) {
      PassageEnsemble ensemble = ensembles.get(i);
      int[] window = ensemble.window();
      PassagePoint point = ensemble.curves().getFirst().points().get(window[window.length - 1]);
      double mean = point.mean().value();
      SurvivalCurve curve = SurvivalCurve.of(point.times());
      SurvivalCurve.Limits limits = curve.pointwise(CONFIDENCE);
      double[] x = Arrays.stream(corners(curve.times(), 0, 1)).map(t -> t / mean).toArray();
      longest = Math.max(longest, curve.last() / mean);
      String name =
          "d = %d, c = %s".formatted(ensemble.dimension(), NumberText.exact(point.level()));
      figure
          .band("", i, x, corners(limits.lower(), 1, 2), corners(limits.upper(), 1, 2))
          .line(name, i, x, corners(curve.survival(), 1, 2));
      levels.append(
          " d = %d: %d of %d censored."
              .formatted(ensemble.dimension(), point.mean().censored(), point.mean().replicas()));
    }
    return figure
        .line(
            "exponential",
            Figure.INK,
            Stroke.DASHED,
            Abscissas.even(0, longest, CURVE),
            t -> Math.exp(-t))
        .captioned(
            description
                + ". Share of replicas on the first data set that have not passed (Kaplan and Meier) at"
                + " the largest fitted threshold of each d, with pointwise 95 % limits, against the time"
                + " over its mean."
                + levels);
  }

  /** Coordinates of the 2n + 1 corners of a curve of n steps; `late` of them are `first`. */
  private static double[] corners(double[] values, double first, int late) {
    double[] corners = new double[2 * values.length + 1];
    Arrays.setAll(corners, j -> j < late ? first : values[(j - late) / 2]);
    return corners;
  }

  private static List<Integer> shown(PassageEnsemble ensemble) {
    return IntStream.range(0, ensemble.thresholds())
        .filter(c -> ensemble.known(c) && ensemble.time(c).mean() > 0)
        .boxed()
        .toList();
  }

  /** Eq. 16 and the exponential law through the mean of log c and log t of the window. */
  private static void theory(FigureBuilder into, int colour, PassageEnsemble ensemble) {
    double slope = ensemble.theorySlope();
    through(into, colour, Stroke.DASHED, ensemble, c -> slope * Math.log(c));
    RegressionPassage regression = ensemble.curves().getFirst().regression();
    through(into, colour, Stroke.THIN, ensemble, regression::logTime);
  }

  private static void through(
      FigureBuilder into,
      int colour,
      Stroke stroke,
      PassageEnsemble ensemble,
      DoubleUnaryOperator logTime) {
    double offset =
        Arrays.stream(ensemble.window())
            .mapToDouble(c -> ensemble.logTime(c).mean() - logTime.applyAsDouble(ensemble.level(c)))
            .average()
            .orElseThrow();
    double[] levels = Abscissas.geometric(ensemble.from(), ensemble.to(), CURVE);
    into.line("", colour, stroke, levels, c -> Math.exp(offset + logTime.applyAsDouble(c)));
  }
}
