package org.noisescape.experiments.meng.covariance;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.fit.PolynomialFit;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;

/** {@code tables/minima.csv}, {@code fits.csv} and {@code paths.csv} of a run folder. */
final class CovarianceTables {
  private CovarianceTables() {}

  private record Found(String network, Minimum minimum) {}

  /** A polynomial through the points of a path. */
  private record Fitted(
      String layer, PathFit of, String name, PolynomialFit fit, boolean quadratic) {}

  private record OnPath(String layer, PathFit of, CovariancePoint point) {
    double fitted() {
      return of.path().centre().noiseStrength() * of.quadratic().at(point.shift());
    }
  }

  static Findings add(Findings findings, List<PanelResult> panels) {
    List<Found> minima = new ArrayList<>();
    List<Fitted> fits = new ArrayList<>();
    List<OnPath> points = new ArrayList<>();
    for (PanelResult result : panels) {
      CovariancePanel panel = result.panel();
      result.minima().forEach(minimum -> minima.add(new Found(panel.name(), minimum)));
      for (PathFit of : result.fits()) {
        String layer = panel.title(of.path().layer());
        for (int degree = 1; degree <= PathFit.DEGREES; degree++) {
          fits.add(new Fitted(layer, of, "degree " + degree, of.degree(degree), degree == 2));
        }
        fits.add(new Fitted(layer, of, "even quadratic", of.even(), false));
        of.path().points().forEach(point -> points.add(new OnPath(layer, of, point)));
      }
    }
    return findings
        .table(
            Csv.of("minima", minima)
                .column("network", Found::network)
                .column("seed", f -> f.minimum().seed())
                .column("step", f -> f.minimum().step())
                .column("loss", f -> f.minimum().loss())
                .column("train_accuracy", f -> f.minimum().accuracy())
                .column("converged", f -> f.minimum().converged()))
        .table(
            Csv.of("fits", fits)
                .column("layer", Fitted::layer)
                .column("factor", f -> f.of().path().factor())
                .column("seed", f -> f.of().path().seed())
                .column("fit", Fitted::name)
                .column("r_squared", f -> f.fit().rSquared())
                .column("r_squared_error", f -> f.fit().rSquaredError())
                .column("aicc", f -> f.fit().aicc())
                .column("cross_validated_error", f -> f.fit().crossValidated())
                .column("vertex", f -> f.quadratic() ? f.of().vertex() : Double.NaN)
                .column(
                    "share_of_the_square",
                    f -> f.quadratic() ? f.of().shareOfTheSquare() : Double.NaN))
        .table(
            Csv.of("paths", points)
                .column("layer", OnPath::layer)
                .column("factor", p -> p.of().path().factor())
                .column("seed", p -> p.of().path().seed())
                .column("i", p -> p.point().index())
                .column("shift", p -> p.point().shift())
                .column("distance", p -> p.point().distance())
                .column("loss", p -> p.point().loss())
                .column("noise_strength", p -> p.point().noiseStrength())
                .column("gradient_norm_squared", p -> p.point().gradientNormSquared())
                .column("quadratic_fit", OnPath::fitted));
  }
}
