package org.noisescape.experiments.mori.eigenmodes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.noisescape.experiments.fit.Column;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** Variances against eigenvalues, and where the way leads against time. */
final class ModeFigures {
  private ModeFigures() {}

  static List<Figure> of(List<ModePoint> seeds, String description) {
    List<Figure> figures = new ArrayList<>();
    if (seeds.stream().noneMatch(s -> s.late().isEmpty())) {
      figures.add(variances(seeds, description));
    }
    figures.add(shares(seeds, description));
    return figures;
  }

  private static Figure variances(List<ModePoint> seeds, String description) {
    FigureBuilder figure =
        Figure.titled("variances", "Spread of SGD along the largest eigenvectors")
            .logX("Eigenvalue λᵢ")
            .logY("Var(qᵢ·θ) / (ηL/B)");
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (ModePoint seed : seeds) {
      double unit = seed.learningRate() * seed.loss() / seed.batch();
      double[] relative = Arrays.stream(seed.variances()).map(v -> v / unit).toArray();
      double[] balanced =
          IntStream.range(0, seed.modes()).mapToDouble(i -> seed.balanced(i) / unit).toArray();
      figure
          .points("network " + seed.seed(), seed.seed(), seed.eigenvalues(), relative)
          .dotted("", seed.seed(), seed.eigenvalues(), balanced);
      low = Math.min(low, seed.eigenvalues()[seed.modes() - 1]);
      high = Math.max(high, seed.eigenvalues()[0]);
    }
    double[] ends = {low, high};
    double middle = Math.sqrt(low * high);
    return figure
        .level("ηL/B", Figure.INK, Stroke.DASHED, ends, 1)
        .entry("ηCᵢᵢ/(2λᵢ), measured noise", Stroke.DOTTED)
        .line("rival: ∝ 1/λ", Figure.INK, Stroke.THIN, ends, x -> middle / x)
        .line("rival: ∝ λ", Figure.INK, Stroke.THIN_DASHED, ends, x -> x / middle)
        .captioned(
            description + ". Over replicas that started alike, after the modes have relaxed.");
  }

  private static Figure shares(List<ModePoint> seeds, String description) {
    FigureBuilder figure =
        Figure.titled("inside-share", "Share of the way along the largest eigenvectors")
            .logX("Steps")
            .y("Share of ‖θ − θ_0‖²");
    for (ModePoint seed : seeds) {
      double[] steps = Column.of(seed.snapshots(), ModeSnapshot::step);
      figure
          .line(
              "network " + seed.seed(),
              seed.seed(),
              steps,
              Column.of(seed.snapshots(), ModeSnapshot::inside))
          .dotted("", seed.seed(), steps, Column.of(seed.snapshots(), ModeSnapshot::spreadInside));
    }
    ModePoint first = seeds.getFirst();
    double[] ends = {first.snapshots().getFirst().step(), first.snapshots().getLast().step()};
    return figure
        .entry("of the variance over replicas", Stroke.DOTTED)
        .level("half", Figure.INK, Stroke.DASHED, ends, 0.5)
        .level(
            "isotropic noise", Figure.INK, Stroke.THIN, ends, ModeCriterion.isotropicShare(seeds))
        .captioned(
            description
                + ". In the space of the %d largest eigenvectors of H(θ_0), of %d parameters."
                    .formatted(first.modes(), first.parameters()));
  }
}
