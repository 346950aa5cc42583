package org.noisescape.experiments.meng.covariance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.experiments.fit.PolynomialFit;
import org.noisescape.experiments.frame.CsvTable;

/** {@code tables/minima.csv}, {@code paths.csv} and {@code fits.csv} of a run folder. */
final class CovarianceTables {
  private final CsvTable minima =
      new CsvTable("minima", "network", "seed", "step", "loss", "train_accuracy", "converged");
  private final CsvTable fits =
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
  private final CsvTable points =
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

  /** Adds a network. */
  void add(CovariancePanel panel, List<Minimum> found, List<PathFit> paths) {
    for (Minimum m : found) {
      minima.row(panel.name(), m.seed(), m.step(), m.loss(), m.accuracy(), m.converged());
    }
    for (PathFit fit : paths) {
      addFits(panel.title(fit.path().layer()), fit);
      addPoints(panel.title(fit.path().layer()), fit);
    }
  }

  void write(Path run) throws IOException {
    minima.write(run);
    fits.write(run);
    points.write(run);
  }

  private void addFits(String layer, PathFit fit) {
    for (int degree = 1; degree <= PathFit.DEGREES; degree++) {
      boolean quadratic = degree == 2;
      row(
          layer,
          fit,
          "degree " + degree,
          fit.degree(degree),
          quadratic ? fit.vertex() : Double.NaN,
          quadratic ? fit.shareOfTheSquare() : Double.NaN);
    }
    row(layer, fit, "even quadratic", fit.even(), Double.NaN, Double.NaN);
  }

  private void row(
      String layer, PathFit of, String name, PolynomialFit fit, double vertex, double share) {
    fits.row(
        layer,
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

  private void addPoints(String layer, PathFit fit) {
    CovariancePath path = fit.path();
    for (CovariancePoint p : path.points()) {
      points.row(
          layer,
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
}
