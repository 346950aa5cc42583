package org.noisescape.experiments.mori.hessian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.mori.EigenvalueStaircase;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/** Fig. 6 of the text: histogram and largest eigenvalues. */
final class HessianFigures {
  private static final int DECADES = 8;
  private static final int BINS_A_DECADE = 4;
  private static final int LARGEST = 30;

  private HessianFigures() {}

  static List<Figure> of(List<HessianPoint> seeds, String description, boolean overlayText) {
    return List.of(histogram(seeds, description), largest(seeds, description, overlayText));
  }

  private static Figure histogram(List<HessianPoint> seeds, String description) {
    double high = seeds.stream().mapToDouble(HessianPoint::largest).max().orElseThrow() * 1.0001;
    double low = high * Math.pow(10, -DECADES);
    List<Mark> marks = new ArrayList<>();
    for (HessianPoint seed : seeds) {
      EigenvalueStaircase histogram =
          EigenvalueStaircase.of(seed.eigenvalues(), low, high, DECADES * BINS_A_DECADE);
      // a logarithmic axis has no place for empty bins
      double[] counts = Arrays.stream(histogram.y()).map(c -> Math.max(c, 0.5)).toArray();
      marks.add(new Line("seed " + seed.seed(), seed.seed(), Stroke.SOLID, histogram.x(), counts));
    }
    return new Figure(
        "histogram",
        "(a) Eigenvalues of G",
        String.format(
            Locale.ROOT,
            "%s. %d bins a decade of all %d eigenvalues; those below 10^-%d of the largest are left"
                + " out, empty bins are drawn at one half.",
            description,
            BINS_A_DECADE,
            seeds.getFirst().parameters(),
            DECADES),
        new Axis("Eigenvalue λ", Scale.LOG),
        new Axis("Eigenvalues a bin", Scale.LOG),
        marks);
  }

  private static Figure largest(List<HessianPoint> seeds, String description, boolean overlayText) {
    List<Mark> marks = new ArrayList<>();
    StringBuilder found = new StringBuilder();
    for (HessianPoint seed : seeds) {
      int count = Math.min(LARGEST, seed.eigenvalues().length);
      double[] values = Arrays.copyOf(seed.eigenvalues(), count);
      marks.add(
          new Line("G, seed " + seed.seed(), seed.seed(), Stroke.SOLID, ranks(count), values));
      found.append(
          String.format(
              Locale.ROOT,
              " Seed %d: λ₁ %.1f, n %.1f.",
              seed.seed(),
              seed.largest(),
              seed.effectiveDimension()));
    }
    for (HessianPoint seed : seeds) {
      String name = seed == seeds.getLast() ? "H itself (Lanczos)" : "";
      marks.add(new Points(name, seed.seed(), ranks(seed.hessian().length), seed.hessian()));
    }
    if (overlayText) {
      double text = HessianCriterion.TEXT_LARGEST;
      marks.add(
          new Line(
              "λ₁ of the text, 95.6",
              Figure.INK,
              Stroke.DASHED,
              new double[] {1, LARGEST},
              new double[] {text, text}));
    }
    return new Figure(
        "largest",
        "(b) The largest eigenvalues",
        description + ". Lines: G = (1/N) Σ ∇f∇fᵀ; symbols: the Hessian." + found,
        new Axis("Rank i", Scale.LINEAR),
        new Axis("Eigenvalue λ", Scale.LINEAR),
        marks);
  }

  private static double[] ranks(int count) {
    double[] ranks = new double[count];
    Arrays.setAll(ranks, i -> i + 1);
    return ranks;
  }
}
