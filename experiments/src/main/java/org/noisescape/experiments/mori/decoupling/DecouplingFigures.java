package org.noisescape.experiments.mori.decoupling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.mori.EigenvalueStaircase;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Span;
import org.noisescape.report.Figure.Stroke;

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
    double low = high * Math.pow(10, -DECADES);
    List<Mark> marks = new ArrayList<>();
    marks.add(
        new Span(
            "compared by the criterion",
            COMPARED,
            DecouplingCriterion.CUT * point.decoupled()[0],
            high));
    marks.add(line("exact", EXACT, Stroke.SOLID, point.exact(), low, high));
    marks.add(line("decoupled", DECOUPLED, Stroke.DASHED, point.decoupled(), low, high));
    marks.add(line("losses shuffled", SHUFFLED, Stroke.DOTTED, point.shuffled(), low, high));
    return new Figure(
        name + "-histogram",
        "Eigenvalues " + title,
        String.format(
            Locale.ROOT,
            "%s, seed 0. Exact: (1/N) Σ ℓ ∇f∇fᵀ; decoupled: L (1/N) Σ ∇f∇fᵀ; dotted, the exact form"
                + " with the losses dealt out to the samples at random. %d bins a decade;"
                + " eigenvalues below 10^-%d of the largest are left out. Cosine of the two matrices"
                + " %.3f, with shuffled losses %.3f ± %.3f.",
            description,
            BINS_A_DECADE,
            DECADES,
            point.cosine(),
            point.shuffledCosine(),
            point.shuffledDeviation()),
        new Axis("Eigenvalue λ", Scale.LOG),
        new Axis("Eigenvalues a bin", Scale.LINEAR),
        marks);
  }

  private static Line line(
      String name, int colour, Stroke stroke, double[] values, double low, double high) {
    EigenvalueStaircase histogram =
        EigenvalueStaircase.of(values, low, high, DECADES * BINS_A_DECADE);
    return new Line(name, colour, stroke, histogram.x(), histogram.y());
  }

  private static Figure ratios(
      String name, String title, String description, List<DecouplingPoint> seeds) {
    List<Mark> marks = new ArrayList<>();
    double tolerance = Math.pow(10, DecouplingCriterion.MAXIMUM);
    double low = seeds.stream().mapToDouble(DecouplingFigures::smallest).min().orElseThrow();
    marks.add(new Span("compared by the criterion", COMPARED, DecouplingCriterion.CUT, 1));
    for (DecouplingPoint point : seeds) {
      marks.add(
          ratio(point.seed() == 0 ? "losses shuffled" : "", SHUFFLED, point.shuffled(), point));
    }
    for (DecouplingPoint point : seeds) {
      marks.add(ratio(point.seed() == 0 ? "exact" : "", EXACT, point.exact(), point));
    }
    double[] x = {low, 1};
    marks.add(new Line("decoupled", Figure.INK, Stroke.DASHED, x, new double[] {1, 1}));
    double[] ends = {DecouplingCriterion.CUT, 1};
    for (double edge : new double[] {tolerance, 1 / tolerance}) {
      marks.add(
          new Line(
              edge > 1 ? "largest deviation allowed" : "",
              Figure.INK,
              Stroke.DOTTED,
              ends,
              new double[] {edge, edge}));
    }
    return new Figure(
        name + "-ratios",
        "Eigenvalue by eigenvalue " + title,
        description
            + ", "
            + seeds.size()
            + (seeds.size() == 1 ? " seed" : " seeds")
            + ". Eigenvalues of the exact matrix over those of the decoupled one of the same rank;"
            + " the same with the losses shuffled among the samples, where loss and gradient are"
            + " independent by construction.",
        new Axis("λ / λ₁ of the decoupled matrix", Scale.LOG),
        new Axis("λ of the same rank / λ decoupled", Scale.LOG),
        marks);
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

  private static Mark ratio(String name, int colour, double[] values, DecouplingPoint point) {
    double[] base = point.decoupled();
    int count = shown(base);
    double[] x = new double[count];
    double[] y = new double[count];
    Arrays.setAll(x, i -> base[i] / base[0]);
    Arrays.setAll(y, i -> values[i] / base[i]);
    return new Points(name, colour, x, y);
  }
}
