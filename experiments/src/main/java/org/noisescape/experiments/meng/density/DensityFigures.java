package org.noisescape.experiments.meng.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.noisescape.dynamics.statistics.StationaryHistogram;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.report.Abscissas;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;
import org.noisescape.theory.meng.KappaDensity;
import org.noisescape.theory.meng.PowerLawDynamic;
import org.noisescape.theory.passage.Interpretation;

/** Figures and tables of {@link Density}. */
final class DensityFigures {
  private static final int PIECES = 200;

  /** Bins with fewer points have errors as large as themselves, which no logarithm shows. */
  private static final int LEAST_COUNT = 4;

  private DensityFigures() {}

  static List<Figure> of(Density.Plan plan, List<DensityEstimate> all) {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        centre(
            "density-iteration",
            "Density of the iteration, It\u00f4's overlaid",
            DensityDynamics.ITERATION,
            plan,
            all));
    figures.add(centre("density-ito", "Density of It\u00f4's SDE", DensityDynamics.ITO, plan, all));
    figures.add(
        centre(
            "density-text",
            "Density of the SDE read as the text does, Proposition 2 overlaid",
            DensityDynamics.HANGGI_KLIMONTOVICH,
            plan,
            all));
    plan.kappas().stream()
        .filter(kappa -> kappa > 0)
        .forEach(kappa -> figures.add(tail(kappa, plan, all)));
    return figures;
  }

  private static Figure centre(
      String name,
      String title,
      DensityDynamics dynamics,
      Density.Plan plan,
      List<DensityEstimate> all) {
    FigureBuilder figure = Figure.titled(name, title).x("w").logY("Density");
    int colour = 0;
    for (DensityEstimate e : all.stream().filter(e -> e.dynamics() == dynamics).toList()) {
      KappaDensity theory = density(plan, e.kappa(), dynamics.interpretation);
      double[] edges = e.centre().edges();
      double[] x = Abscissas.even(edges[0], edges[edges.length - 1], PIECES);
      figure
          .line(
              colour == 0 ? "theory" : "",
              colour,
              Stroke.DASHED,
              x,
              w -> Math.exp(theory.logDensity(w)))
          .points(
              "\u03ba = " + e.kappa(),
              colour++,
              e.centre().centres(),
              shown(e.centre()),
              e.centre().standardErrors());
    }
    return figure.captioned(
        "beta = %s. Points: simulation, normalised over all w, with standard errors that know of the autocorrelation."
            .formatted(plan.beta()));
  }

  private static double[] shown(StationaryHistogram histogram) {
    double[] density = histogram.density().clone();
    for (int k = 0; k < density.length; k++) {
      density[k] = histogram.counts()[k] >= LEAST_COUNT ? density[k] : Double.NaN;
    }
    return density;
  }

  private static Figure tail(double kappa, Density.Plan plan, List<DensityEstimate> all) {
    FigureBuilder figure =
        Figure.titled(
                "tail-" + Double.toString(kappa).replace('.', '-'),
                "Tail of the density for kappa = " + kappa)
            .logX("|w|")
            .logY("Density");
    double end = 0;
    double lowest = Double.POSITIVE_INFINITY;
    int colour = 0;
    for (DensityEstimate e : all.stream().filter(e -> e.kappa() == kappa).toList()) {
      StationaryHistogram tail = e.tail();
      List<Integer> filled =
          IntStream.range(0, tail.counts().length)
              .filter(k -> tail.counts()[k] >= LEAST_COUNT)
              .boxed()
              .toList();
      for (int k : filled) {
        lowest = Math.min(lowest, tail.density()[k] / 2 / 3);
        end = Math.max(end, tail.edges()[k + 1]);
      }
      figure.points(
          e.dynamics().label,
          colour++,
          filled,
          k -> Math.sqrt(tail.edges()[k] * tail.edges()[k + 1]),
          // |w| has twice the density of w
          k -> tail.density()[k] / 2,
          k -> tail.standardErrors()[k] / 2);
    }
    double[] x = Abscissas.geometric(all.getFirst().tail().edges()[0], end, PIECES);
    KappaDensity ito = density(plan, kappa, Interpretation.ITO);
    KappaDensity text = density(plan, kappa, Interpretation.HANGGI_KLIMONTOVICH);
    theory(figure, "It\u00f4", Stroke.DASHED, x, lowest, ito);
    theory(figure, "text (H\u00e4nggi-Klimontovich)", Stroke.DOTTED, x, lowest, text);
    KappaDensity constant = density(plan, 0, Interpretation.HANGGI_KLIMONTOVICH);
    theory(figure, "constant noise, Gaussian", Stroke.THIN, x, lowest, constant);
    return figure.captioned(
        "Density of w by |w|, standard errors aware of the autocorrelation. The iteration and"
            + " It\u00f4's SDE fall off with the power -2(1 + 1/kappa), the text's density with"
            + " -2/kappa.");
  }

  /** The theory down to where there are points. */
  private static void theory(
      FigureBuilder figure,
      String name,
      Stroke stroke,
      double[] x,
      double lowest,
      KappaDensity density) {
    double[] shown =
        Arrays.stream(x).filter(w -> Math.exp(density.logDensity(w)) >= lowest).toArray();
    figure.line(name, Figure.INK, stroke, shown, w -> Math.exp(density.logDensity(w)));
  }

  private static KappaDensity density(
      Density.Plan plan, double kappa, Interpretation interpretation) {
    PowerLawDynamic dynamic = plan.dynamic(kappa);
    // without state-dependent noise both interpretations are one Gaussian
    return dynamic.stationaryDensity(
        kappa == 0 ? Interpretation.HANGGI_KLIMONTOVICH : interpretation);
  }

  /** Adds {@code tables/density.csv} and {@code density_bins.csv}. */
  static Findings tables(Findings findings, Density.Plan plan, List<DensityEstimate> all) {
    return findings
        .table(
            Csv.of("density", all)
                .column("kappa", DensityEstimate::kappa)
                .column("beta", e -> plan.beta())
                .column("dynamics", DensityFigures::dynamics)
                .column("learning_rate", DensityEstimate::step)
                .column("quantity", e -> e.kappa() == 0 ? "variance" : "exponent")
                .column("value", DensityEstimate::exponent)
                .column("standard_error", DensityEstimate::standardError)
                .column("replicas", DensityEstimate::replicas)
                .column("censored", e -> 0)
                .column("effective_samples", DensityEstimate::effectiveSamples)
                .column("converged", DensityEstimate::converged)
                .column("theory_ito", e -> theory(plan, e, Interpretation.ITO))
                .column("theory_hanggi", e -> theory(plan, e, Interpretation.HANGGI_KLIMONTOVICH))
                .column("ks_ito", DensityEstimate::ksIto)
                .column("ks_hanggi", DensityEstimate::ksHanggi)
                .column("ks_scale", DensityEstimate::ksError))
        .table(
            Csv.each("density_bins", all, e -> e.centre().counts().length)
                .column("kappa", b -> b.of().kappa())
                .column("dynamics", b -> dynamics(b.of()))
                .column("w", b -> b.of().centre().centres()[b.index()])
                .column("value", b -> b.of().centre().density()[b.index()])
                .column("standard_error", b -> b.of().centre().standardErrors()[b.index()])
                .column("count", b -> b.of().centre().counts()[b.index()]));
  }

  private static String dynamics(DensityEstimate estimate) {
    return estimate.dynamics().name().toLowerCase(Locale.ROOT);
  }

  private static double theory(
      Density.Plan plan, DensityEstimate estimate, Interpretation interpretation) {
    return Density.theory(plan.dynamic(estimate.kappa()), interpretation);
  }
}
