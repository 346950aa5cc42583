package org.noisescape.experiments.mori.cumulants;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.fit.Column;
import org.noisescape.report.Abscissas;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;
import org.noisescape.theory.mori.RegressionCumulants;

/** Λ against s along each direction, cumulants against B, and s* against the loss. */
final class CumulantFigures {
  private static final int PIECES = 100;

  /** Where the logarithm of Laplace's law ends. */
  private static final double LAPLACE_END = 1.35;

  private CumulantFigures() {}

  static List<Figure> of(List<CumulantPoint> seeds, String description) {
    List<Figure> figures = new ArrayList<>();
    for (CumulantDirection direction : CumulantDirection.values()) {
      figures.add(generating(seeds, direction, description));
    }
    figures.add(batches(seeds, description));
    figures.add(roots(seeds, description));
    return figures;
  }

  private static Figure generating(
      List<CumulantPoint> seeds, CumulantDirection direction, String description) {
    double[] z = DirectionCumulants.tilts();
    FigureBuilder figure =
        Figure.titled("lambda-" + direction.key, "Cumulant generating function, " + direction.label)
            .x("s √(u·Su)")
            .y("Λ(s) + s ḡ·u");
    for (CumulantPoint seed : seeds) {
      figure.line("replica " + seed.seed(), seed.seed(), z, seed.along(direction).generating());
    }
    double[] fine = Abscissas.even(-LAPLACE_END, LAPLACE_END, PIECES);
    return figure
        .line("Gaussian", Figure.INK, Stroke.DASHED, z, x -> x * x / 2)
        .line("Laplace's law", Figure.INK, Stroke.THIN, fine, x -> -Math.log(1 - x * x / 2))
        .captioned(
            description
                + ". Λ(s) = log (1/N) Σ exp(−s g_μ·u), less its linear part. On the way over cL* the"
                + " noise of Eq. 6 asks for s√(u·Su) = 2√(1 − 1/c): 1 at c = 4/3, 2 at most.");
  }

  private static Figure batches(List<CumulantPoint> seeds, String description) {
    FigureBuilder figure =
        Figure.titled("batch-kurtosis", "Fourth cumulant of mini-batches")
            .logX("Mini-batch B")
            .logY("|excess kurtosis|");
    for (CumulantDirection direction : CumulantDirection.values()) {
      for (CumulantPoint seed : seeds) {
        DirectionCumulants law = seed.along(direction);
        String entry = seed.seed() == 0 ? direction.label : "";
        figure.points(
            entry,
            direction.ordinal(),
            law.batches(),
            BatchMeans::batch,
            b -> Math.abs(b.excessKurtosis()));
        double one = Math.abs(law.excessKurtosis());
        double largest = law.batches().stream().mapToInt(BatchMeans::batch).max().orElseThrow();
        double[] ends = {1, largest};
        figure.line("", direction.ordinal(), Stroke.DASHED, ends, b -> one / b);
        if (seed.seed() == seeds.getFirst().seed()) {
          figure.line("", direction.ordinal(), Stroke.THIN, ends, b -> one / Math.sqrt(b));
        }
      }
    }
    figure.entry("over B", Stroke.DASHED).entry("over √B", Stroke.THIN);
    return figure.captioned(
        description
            + ". Of means of B samples drawn without replacement; dashed, that of one sample over B, thin,"
            + " of the first seed, over √B.");
  }

  private static Figure roots(List<CumulantPoint> seeds, String description) {
    FigureBuilder figure =
        Figure.titled("roots", "Slope of the quasi-potential over that of Gaussian noise")
            .x("c = L/L*")
            .y("s* / s* of Gaussian noise");
    double[] levels =
        seeds.getFirst().raised().stream().mapToDouble(RaisedPoint::level).sorted().toArray();
    double[] ends = {1, levels[levels.length - 1]};
    for (CumulantPoint seed : seeds) {
      figure.points(
          "replica " + seed.seed(),
          seed.seed(),
          Column.of(seed.raised(), RaisedPoint::level),
          Column.of(seed.raised(), RaisedPoint::rootOverGaussian));
    }
    return figure
        .level("Gaussian noise", Figure.INK, Stroke.DASHED, ends, 1)
        .line(
            "linear regression, Gaussian inputs",
            Figure.INK,
            Stroke.THIN,
            ends,
            RegressionCumulants::rootOverGaussian)
        .captioned(
            description
                + ". Shifted both ways along the top eigenvector of H; s* solves Λ(s*) = 0, for"
                + " Gaussian noise 2κ₁/κ₂.");
  }
}
