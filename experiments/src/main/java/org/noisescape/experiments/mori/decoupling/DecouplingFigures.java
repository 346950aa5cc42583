package org.noisescape.experiments.mori.decoupling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.noisescape.experiments.mori.EigenvalueStaircase;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** Fig. 1 of the text for seed 0, and the same eigenvalue by eigenvalue for all seeds. */
final class DecouplingFigures {
  /** Decades below the largest eigenvalue that are drawn, and bins a decade. */
  private static final int DECADES = 9;

  private static final int BINS_A_DECADE = 4;
  private static final int EXACT = 0;
  private static final int DECOUPLED = 1;
  private static final int SHUFFLED = 2;
  private static final int COMPARED = 5;

  private DecouplingFigures() {}

  static List<Figure> of(List<DecouplingPoint> points, String description) {
    List<Figure> figures = new ArrayList<>();
    for (double epoch : points.stream().map(DecouplingPoint::epoch).distinct().toList()) {
      List<DecouplingPoint> seeds = points.stream().filter(p -> p.epoch() == epoch).toList();
      String name = "epoch-" + (long) epoch;
      String title = epoch == 0 ? "at initialisation" : "after %d epochs".formatted((long) epoch);
      figures.add(histogram(name, title, description, seeds.getFirst()));
      figures.add(ratios(name, title, description, seeds));
    }
    return figures;
  }

  private static Figure histogram(
      String name, String title, String description, DecouplingPoint point) {
    double high = Math.max(point.exact()[0], point.decoupled()[0]) * 1.0001;
    return Figure.titled(name + "-histogram", "Eigenvalues " + title)
        .logX("Eigenvalue λ")
        .y("Eigenvalues a bin")
        .span(
            "compared by the criterion",
            COMPARED,
            DecouplingCriterion.CUT * point.decoupled()[0],
            high)
        .add(line("exact", EXACT, Stroke.SOLID, point.exact(), high))
        .add(line("decoupled", DECOUPLED, Stroke.DASHED, point.decoupled(), high))
        .add(line("losses shuffled", SHUFFLED, Stroke.DOTTED, point.shuffled(), high))
        .captioned(
            ("%s, seed 0. Exact: (1/N) Σ ℓ ∇f∇fᵀ; decoupled: L (1/N) Σ ∇f∇fᵀ; dotted, the exact form"
                    + " with the losses dealt out to the samples at random. %d bins a decade;"
                    + " eigenvalues below 10^-%d of the largest are left out. Cosine of the two matrices"
                    + " %.3f, with shuffled losses %.3f ± %.3f.")
                .formatted(
                    description,
                    BINS_A_DECADE,
                    DECADES,
                    point.cosine(),
                    point.shuffledCosine(),
                    point.shuffledDeviation()));
  }

  private static Mark line(String name, int colour, Stroke stroke, double[] values, double high) {
    double low = high * Math.pow(10, -DECADES);
    return EigenvalueStaircase.of(values, low, high, DECADES * BINS_A_DECADE)
        .line(name, colour, stroke);
  }

  private static Figure ratios(
      String name, String title, String description, List<DecouplingPoint> seeds) {
    double tolerance = Math.pow(10, DecouplingCriterion.MAXIMUM);
    double low = seeds.stream().mapToDouble(DecouplingFigures::smallest).min().orElseThrow();
    FigureBuilder figure =
        Figure.titled(name + "-ratios", "Eigenvalue by eigenvalue " + title)
            .logX("λ / λ₁ of the decoupled matrix")
            .logY("λ of the same rank / λ decoupled")
            .span("compared by the criterion", COMPARED, DecouplingCriterion.CUT, 1);
    for (DecouplingPoint p : seeds) {
      ratio(figure, p.seed() == 0 ? "losses shuffled" : "", SHUFFLED, p.shuffled(), p);
    }
    for (DecouplingPoint p : seeds) {
      ratio(figure, p.seed() == 0 ? "exact" : "", EXACT, p.exact(), p);
    }
    rival(figure, DecouplingLaw.WITHOUT_LOSS, seeds.getFirst());
    rival(figure, DecouplingLaw.ISOTROPIC, seeds.getFirst());
    double[] ends = {DecouplingCriterion.CUT, 1};
    return figure
        .entry("without L, isotropic", Stroke.THIN)
        .line("decoupled", Figure.INK, Stroke.DASHED, new double[] {low, 1}, x -> 1)
        .line("largest deviation allowed", Figure.INK, Stroke.DOTTED, ends, x -> tolerance)
        .line("", Figure.INK, Stroke.DOTTED, ends, x -> 1 / tolerance)
        .captioned(
            "%s, %d %s. Eigenvalues of the exact matrix over those of the decoupled one of the same rank; the same with the losses shuffled among the samples, where loss and gradient are independent by construction. Thin, of seed 0: the decoupled matrix without its factor L, and isotropic noise of its trace."
                .formatted(description, seeds.size(), seeds.size() == 1 ? "seed" : "seeds"));
  }

  /** What the exact eigenvalues over the decoupled ones would be, where they are compared. */
  private static void rival(FigureBuilder into, DecouplingLaw law, DecouplingPoint point) {
    double[] base = point.decoupled();
    double[] values = law.eigenvalues(point);
    List<Integer> ranks =
        IntStream.range(0, base.length)
            .filter(i -> base[i] > DecouplingCriterion.CUT * base[0])
            .boxed()
            .toList();
    into.line("", Figure.INK, Stroke.THIN, ranks, i -> base[i] / base[0], i -> values[i] / base[i]);
  }

  /** λ/λ₁ of the smallest eigenvalue that is drawn. */
  private static double smallest(DecouplingPoint point) {
    double[] base = point.decoupled();
    return base[shown(base) - 1] / base[0];
  }

  private static int shown(double[] base) {
    double least = base[0] * Math.pow(10, -DECADES);
    return (int) Arrays.stream(base).filter(value -> value > least).count();
  }

  private static void ratio(
      FigureBuilder into, String name, int colour, double[] values, DecouplingPoint point) {
    double[] base = point.decoupled();
    List<Integer> ranks = IntStream.range(0, shown(base)).boxed().toList();
    into.points(name, colour, ranks, i -> base[i] / base[0], i -> values[i] / base[i]);
  }
}
