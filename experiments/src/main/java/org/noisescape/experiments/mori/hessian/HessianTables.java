package org.noisescape.experiments.mori.hessian;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.experiments.frame.CsvTable;
import org.noisescape.experiments.mori.HessianPoint;

/** {@code tables/seeds.csv}, {@code hessian.csv} and {@code spectra.csv} of a run folder. */
final class HessianTables {
  private HessianTables() {}

  static void write(Path run, List<HessianPoint> seeds) throws IOException {
    CsvTable table =
        new CsvTable(
            "seeds",
            "seed",
            "loss",
            "gradient_norm_squared",
            "train_accuracy",
            "largest",
            "effective_dimension",
            "outliers",
            "median",
            "eigenvalue_error",
            "largest_of_hessian",
            "hessian_products");
    CsvTable hessian =
        new CsvTable("hessian", "seed", "rank", "hessian", "residual", "gauss_newton");
    CsvTable spectra = new CsvTable("spectra", "seed", "rank", "eigenvalue");
    for (HessianPoint p : seeds) {
      table.row(
          p.seed(),
          p.loss(),
          p.gradientNormSquared(),
          p.accuracy(),
          p.largest(),
          p.effectiveDimension(),
          p.outliers(),
          p.median(),
          p.error(),
          p.hessian()[0],
          p.hessianProducts());
      for (int i = 0; i < p.hessian().length; i++) {
        hessian.row(p.seed(), i + 1, p.hessian()[i], p.hessianResiduals()[i], p.eigenvalues()[i]);
      }
      for (int i = 0; i < p.eigenvalues().length; i++) {
        spectra.row(p.seed(), i + 1, p.eigenvalues()[i]);
      }
    }
    table.write(run);
    hessian.write(run);
    spectra.write(run);
  }
}
