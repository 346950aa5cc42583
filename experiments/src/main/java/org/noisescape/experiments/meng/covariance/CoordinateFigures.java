package org.noisescape.experiments.meng.covariance;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.report.Abscissas;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** D_j against its parameter, and the tables of the expansions. */
final class CoordinateFigures {
  private static final int PIECES = 100;

  private CoordinateFigures() {}

  static Figure of(List<NoiseExpansion> minima) {
    FigureBuilder figure =
        Figure.titled("coordinates", "Noise of one parameter against that parameter")
            .x("(w_j − w_j*) / √(σ_j/ρ_j)")
            .logY("D_j / σ_j");
    Map<String, Integer> colours = new LinkedHashMap<>();
    for (NoiseExpansion minimum : minima) {
      for (CoordinateNoise one : minimum.coordinates()) {
        String entry = colours.containsKey(one.layer()) ? "" : one.layer();
        int colour = colours.computeIfAbsent(one.layer(), layer -> colours.size());
        double[] relative = Arrays.stream(one.measured()).map(d -> d / one.variance()).toArray();
        figure.points(entry, colour, one.shifts(), relative);
      }
    }
    double[] x = Abscissas.even(-1, 1, PIECES);
    return figure
        .line("Eq. 5: 1 + x²", Figure.INK, Stroke.DASHED, x, s -> 1 + s * s)
        .captioned(
            "Variance over the samples of the gradient of one parameter, shifted by itself, all"
                + " others at the minimum. Parameters drawn at random; σ_j and ρ_j are the variances"
                + " of the samples' gradient and second derivative at the minimum.");
  }

  static Findings tables(Findings findings, List<NoiseExpansion> minima) {
    return findings
        .table(
            Csv.parts("expansions", minima, NoiseExpansion::layers)
                .column("seed", e -> e.of().seed())
                .column("layer", e -> e.part().layer())
                .column("noise", e -> e.part().noise())
                .column("covariance", e -> e.part().covariance())
                .column("curvature", e -> e.part().curvature()))
        .table(
            Csv.parts("coordinates", minima, NoiseExpansion::coordinates)
                .column("seed", c -> c.of().seed())
                .column("layer", c -> c.part().layer())
                .column("parameter", c -> c.part().parameter())
                .column("variance", c -> c.part().variance())
                .column("curvature_variance", c -> c.part().curvatureVariance())
                .column("covariance", c -> c.part().covariance())
                .column("other_gradients", c -> c.part().gradients())
                .column("other_curvatures", c -> c.part().curvatures())
                .column("crossed", c -> c.part().crossed())
                .column("off_diagonal", c -> c.part().offDiagonal())
                .column("error_full", c -> c.part().error(ExpansionForm.FULL))
                .column("error_even", c -> c.part().error(ExpansionForm.EVEN)));
  }
}
