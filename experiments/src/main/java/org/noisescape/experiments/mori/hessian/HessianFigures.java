package org.noisescape.experiments.mori.hessian;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.noisescape.experiments.mori.EigenvalueStaircase;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

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
    FigureBuilder figure =
        Figure.titled("histogram", "(a) Eigenvalues of G")
            .logX("Eigenvalue λ")
            .logY("Eigenvalues a bin");
    for (HessianPoint seed : seeds) {
      EigenvalueStaircase histogram =
          EigenvalueStaircase.of(seed.eigenvalues(), low, high, DECADES * BINS_A_DECADE);
      // a logarithmic axis has no place for empty bins
      double[] counts = Arrays.stream(histogram.y()).map(c -> Math.max(c, 0.5)).toArray();
      figure.line("replica " + seed.seed(), seed.seed(), histogram.x(), counts);
    }
    return figure.captioned(
        ("%s. %d bins a decade of all %d eigenvalues; those below 10^-%d of the largest are left"
                + " out, empty bins are drawn at one half.")
            .formatted(description, BINS_A_DECADE, seeds.getFirst().parameters(), DECADES));
  }

  private static Figure largest(List<HessianPoint> seeds, String description, boolean overlayText) {
    FigureBuilder figure =
        Figure.titled("largest", "(b) The largest eigenvalues").x("Rank i").y("Eigenvalue λ");
    StringBuilder found = new StringBuilder();
    for (HessianPoint seed : seeds) {
      int count = Math.min(LARGEST, seed.eigenvalues().length);
      double[] values = Arrays.copyOf(seed.eigenvalues(), count);
      figure.line("G, replica " + seed.seed(), seed.seed(), ranks(count), values);
      found.append(
          " Seed %d: λ₁ %.1f, n %.1f."
              .formatted(seed.seed(), seed.largest(), seed.effectiveDimension()));
    }
    figure.points(
        "H itself (Lanczos), all replicas",
        Figure.INK,
        seeds.stream()
            .flatMapToDouble(seed -> Arrays.stream(ranks(seed.hessian().length)))
            .toArray(),
        seeds.stream().flatMapToDouble(seed -> Arrays.stream(seed.hessian())).toArray());
    HessianPoint first = seeds.getFirst();
    double trace = Arrays.stream(first.eigenvalues()).sum();
    for (HessianRival rival : HessianRival.values()) {
      int count = first.eigenvalues().length;
      double sum = IntStream.rangeClosed(1, count).mapToDouble(rival::eigenvalue).sum();
      figure.line(
          rival == HessianRival.HARMONIC ? "rival: ∝ 1/i" : "rival: isotropic",
          Figure.INK,
          rival == HessianRival.HARMONIC ? Stroke.THIN_DASHED : Stroke.THIN,
          ranks(Math.min(LARGEST, count)),
          i -> trace / sum * rival.eigenvalue((int) i));
    }
    if (overlayText) {
      figure.line(
          "λ₁ of the text, 95.6",
          Figure.INK,
          Stroke.DASHED,
          new double[] {1, LARGEST},
          i -> HessianCriterion.TEXT_LARGEST);
    }
    return figure.captioned(
        description
            + ". Lines: G = (1/N) Σ ∇f∇fᵀ; crosses: the Hessian. Thin: spectra of the trace of"
            + " seed 0 that are isotropic, and that fall as 1/i."
            + found);
  }

  private static double[] ranks(int count) {
    return IntStream.rangeClosed(1, count).asDoubleStream().toArray();
  }
}
