package org.noisescape.experiments.meng;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.experiments.CsvTable;
import org.noisescape.experiments.fit.PolynomialFit;

/** {@code tables/minima.csv}, {@code paths.csv} and {@code fits.csv} of a run folder. */
final class CovarianceTables {
  private CovarianceTables() {}

  static void write(Path run, List<Minimum> minima, List<PathFit> fits) throws IOException {
    CsvTable table = new CsvTable("minima", "seed", "step", "loss", "train_accuracy", "converged");
    for (Minimum m : minima) {
      table.row(m.seed(), m.step(), m.loss(), m.accuracy(), m.converged());
    }
    table.write(run);
    fits(fits).write(run);
    points(fits).write(run);
  }

  private static CsvTable fits(List<PathFit> fits) {
    CsvTable table =
        new CsvTable(
            "fits",
            "layer",
            "factor",
            "seed",
            "fit",
            "r_squared",
            "r_squared_error",
            "aicc",
            "cross_validated_error",
            "vertex",
            "share_of_the_square");
    for (PathFit fit : fits) {
      for (int degree = 1; degree <= PathFit.DEGREES; degree++) {
        boolean quadratic = degree == 2;
        row(
            table,
            fit,
            "degree " + degree,
            fit.degree(degree),
            quadratic ? fit.vertex() : Double.NaN,
            quadratic ? fit.shareOfTheSquare() : Double.NaN);
      }
      row(table, fit, "even quadratic", fit.even(), Double.NaN, Double.NaN);
    }
    return table;
  }

  private static void row(
      CsvTable table, PathFit of, String name, PolynomialFit fit, double vertex, double share) {
    table.row(
        of.path().layer(),
        of.path().factor(),
        of.path().seed(),
        name,
        fit.rSquared(),
        fit.rSquaredError(),
        fit.aicc(),
        fit.crossValidated(),
        vertex,
        share);
  }

  private static CsvTable points(List<PathFit> fits) {
    CsvTable table =
        new CsvTable(
            "paths",
            "layer",
            "factor",
            "seed",
            "i",
            "shift",
            "distance",
            "loss",
            "noise_strength",
            "gradient_norm_squared",
            "quadratic_fit");
    for (PathFit fit : fits) {
      CovariancePath path = fit.path();
      for (CovariancePoint p : path.points()) {
        table.row(
            path.layer(),
            path.factor(),
            path.seed(),
            p.index(),
            p.shift(),
            p.distance(),
            p.loss(),
            p.noiseStrength(),
            p.gradientNormSquared(),
            path.centre().noiseStrength() * fit.quadratic().at(p.shift()));
      }
    }
    return table;
  }
}
