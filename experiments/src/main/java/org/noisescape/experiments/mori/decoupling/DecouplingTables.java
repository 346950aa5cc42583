package org.noisescape.experiments.mori.decoupling;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;

/** {@code tables/decoupling.csv}, {@code comparisons.csv} and {@code spectra.csv}. */
final class DecouplingTables {
  private static final double[] CUTS = {1e-1, 1e-2, DecouplingCriterion.CUT, 1e-4, 1e-5};

  private DecouplingTables() {}

  private record Compared(DecouplingPoint point, String losses, SpectrumComparison spectra) {}

  /** An eigenvalue, by its rank from 1. */
  private record Ranked(DecouplingPoint point, int rank) {
    double of(double[] values) {
      return values[rank - 1];
    }
  }

  static Findings add(Findings findings, List<DecouplingPoint> points) {
    List<Compared> compared = new ArrayList<>();
    List<Ranked> ranked = new ArrayList<>();
    for (DecouplingPoint p : points) {
      for (double cut : CUTS) {
        compared.add(new Compared(p, "own", SpectrumComparison.of(p.exact(), p.decoupled(), cut)));
        compared.add(
            new Compared(p, "shuffled", SpectrumComparison.of(p.shuffled(), p.decoupled(), cut)));
      }
      for (int rank = 1; rank <= p.exact().length; rank++) {
        ranked.add(new Ranked(p, rank));
      }
    }
    return findings
        .table(
            Csv.of("decoupling", points)
                .column("epoch", DecouplingPoint::epoch)
                .column("seed", DecouplingPoint::seed)
                .column("loss", DecouplingPoint::loss)
                .column("noise_strength", DecouplingPoint::noiseStrength)
                .column("noise_from_exact", DecouplingPoint::exactNoise)
                .column("noise_from_decoupled", DecouplingPoint::decoupledNoise)
                .column("gradient_norm_squared", DecouplingPoint::gradientNormSquared)
                .column("trace_ratio", DecouplingPoint::traceRatio)
                .column("correlation", DecouplingPoint::correlation)
                .column("participation", DecouplingPoint::participation)
                .column("cosine", DecouplingPoint::cosine)
                .column("cosine_shuffled", DecouplingPoint::shuffledCosine)
                .column("cosine_shuffled_deviation", DecouplingPoint::shuffledDeviation)
                .column("eigenvalue_error", DecouplingPoint::error))
        .table(
            Csv.of("comparisons", compared)
                .column("epoch", c -> c.point().epoch())
                .column("seed", c -> c.point().seed())
                .column("losses", Compared::losses)
                .column("cut", c -> c.spectra().cut())
                .column("eigenvalues", c -> c.spectra().count())
                .column("median_log10_ratio", c -> c.spectra().median())
                .column("maximum_log10_ratio", c -> c.spectra().maximum()))
        .table(
            Csv.of("spectra", ranked)
                .column("epoch", r -> r.point().epoch())
                .column("seed", r -> r.point().seed())
                .column("rank", Ranked::rank)
                .column("exact", r -> r.of(r.point().exact()))
                .column("decoupled", r -> r.of(r.point().decoupled()))
                .column("shuffled", r -> r.of(r.point().shuffled())));
  }
}
