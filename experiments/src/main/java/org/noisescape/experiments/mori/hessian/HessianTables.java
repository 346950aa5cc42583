package org.noisescape.experiments.mori.hessian;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.mori.HessianPoint;

/** {@code tables/seeds.csv}, {@code hessian.csv} and {@code spectra.csv} of a run folder. */
final class HessianTables {
  private HessianTables() {}

  /** An eigenvalue, by its rank from 1. */
  private record Ranked(HessianPoint point, int rank) {
    double of(double[] values) {
      return values[rank - 1];
    }
  }

  static Findings add(Findings findings, List<HessianPoint> seeds) {
    List<Ranked> hessian = new ArrayList<>();
    List<Ranked> spectra = new ArrayList<>();
    for (HessianPoint point : seeds) {
      for (int rank = 1; rank <= point.hessian().length; rank++) {
        hessian.add(new Ranked(point, rank));
      }
      for (int rank = 1; rank <= point.eigenvalues().length; rank++) {
        spectra.add(new Ranked(point, rank));
      }
    }
    return findings
        .table(
            Csv.of("seeds", seeds)
                .column("seed", HessianPoint::seed)
                .column("loss", HessianPoint::loss)
                .column("gradient_norm_squared", HessianPoint::gradientNormSquared)
                .column("train_accuracy", HessianPoint::accuracy)
                .column("largest", HessianPoint::largest)
                .column("effective_dimension", HessianPoint::effectiveDimension)
                .column("outliers", HessianPoint::outliers)
                .column("median", HessianPoint::median)
                .column("eigenvalue_error", HessianPoint::error)
                .column("largest_of_hessian", p -> p.hessian()[0])
                .column("hessian_products", HessianPoint::hessianProducts))
        .table(
            Csv.of("hessian", hessian)
                .column("seed", r -> r.point().seed())
                .column("rank", Ranked::rank)
                .column("hessian", r -> r.of(r.point().hessian()))
                .column("residual", r -> r.of(r.point().hessianResiduals()))
                .column("gauss_newton", r -> r.of(r.point().eigenvalues())))
        .table(
            Csv.of("spectra", spectra)
                .column("seed", r -> r.point().seed())
                .column("rank", Ranked::rank)
                .column("eigenvalue", r -> r.of(r.point().eigenvalues())));
  }
}
