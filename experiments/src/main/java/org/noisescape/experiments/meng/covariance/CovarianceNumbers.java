package org.noisescape.experiments.meng.covariance;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.fit.LinearModel;
import org.noisescape.experiments.fit.PolynomialFit;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;

/** What {@link NoiseCovariance} finds around its minima: numbers and tables. */
final class CovarianceNumbers {
  private CovarianceNumbers() {}

  /** Numbers and tables of all networks. */
  static Findings findings(List<PanelResult> panels) {
    return findings(panels, new Measurements());
  }

  /** The same beside others that are judged by themselves. */
  static Findings findings(List<PanelResult> panels, Measurements apart) {
    Measurements numbers = judged(panels, NoiseShape.QUADRATIC);
    for (PanelResult result : panels) {
      for (String layer : result.panel().scales().keySet()) {
        if (!result.panel().judged().contains(layer)) {
          numbers.addApart(layer(result, layer, NoiseShape.QUADRATIC));
        }
      }
      for (double factor : result.factors()) {
        for (String layer : result.panel().scales().keySet()) {
          describe(result, layer, factor, numbers);
        }
      }
      for (Minimum minimum : result.minima()) {
        numbers.exact(
            "loss at minimum " + result.panel().title(Integer.toString(minimum.seed())),
            minimum.loss(),
            result.panel().target());
      }
    }
    Findings found =
        Findings.of(numbers.addApart(apart))
            .rivals(
                List.of(NoiseShape.CONE, NoiseShape.QUARTIC),
                rival -> rival.label + ", " + rival.formula,
                rival -> judged(panels, rival));
    return tables(found, panels);
  }

  /** The layers of the text's figures. */
  private static Measurements judged(List<PanelResult> panels, NoiseShape shape) {
    Measurements numbers = new Measurements();
    for (PanelResult result : panels) {
      for (String layer : result.panel().scales().keySet()) {
        if (result.panel().judged().contains(layer)) {
          numbers.addAll(layer(result, layer, shape));
        }
      }
    }
    return numbers;
  }

  private static Measurements layer(PanelResult result, String layer, NoiseShape shape) {
    return QuadraticCriterion.judged(
        result.panel().title(layer),
        result.of(layer, result.judgedFactor()),
        shape,
        result.converged());
  }

  /** What the criterion does not judge. */
  private static void describe(PanelResult result, String layer, double factor, Measurements into) {
    List<PathFit> seeds = result.of(layer, factor);
    String name = result.panel().title(layer);
    if (factor != result.judgedFactor()) {
      name += " x" + (long) factor;
    }
    // polynomials through the rounding of a constant say nothing
    if (!seeds.stream().allMatch(PathFit::varies)) {
      into.value(name + " tr S does not vary", Double.NaN);
      return;
    }
    into.mean(name + " R^2 of the quadratic", seeds, f -> f.quadratic().rSquared())
        .mean(name + " R^2 of a line", seeds, f -> f.degree(1).rSquared())
        .mean(name + " R^2 without linear term (Eq. 5)", seeds, f -> f.even().rSquared(), 1)
        .mean(name + " largest over smallest tr S", seeds, PathFit::variation);
  }

  /** A curve through the points of a path. */
  private record Fitted(
      String layer, PathFit of, String name, double rSquared, double aicc, double crossValidated) {
    static Fitted of(String layer, PathFit of, String name, PolynomialFit fit) {
      return new Fitted(layer, of, name, fit.rSquared(), fit.aicc(), fit.crossValidated());
    }

    boolean quadratic() {
      return name.equals("degree 2");
    }
  }

  private record OnPath(String layer, PathFit of, CovariancePoint point) {
    double fitted() {
      return of.path().centre().noiseStrength() * of.quadratic().at(point.shift());
    }
  }

  private static Findings tables(Findings findings, List<PanelResult> panels) {
    List<Fitted> fits = new ArrayList<>();
    List<OnPath> points = new ArrayList<>();
    for (PanelResult result : panels) {
      CovariancePanel panel = result.panel();
      for (PathFit of : result.fits()) {
        String layer = panel.title(of.path().layer());
        for (int degree = 1; degree <= PathFit.DEGREES; degree++) {
          fits.add(Fitted.of(layer, of, "degree " + degree, of.degree(degree)));
        }
        fits.add(Fitted.of(layer, of, "even quadratic", of.even()));
        for (NoiseShape rival : List.of(NoiseShape.CONE, NoiseShape.QUARTIC)) {
          LinearModel fit = of.shape(rival);
          fits.add(
              new Fitted(layer, of, rival.label, fit.rSquared(), Double.NaN, fit.crossValidated()));
        }
        of.path().points().forEach(point -> points.add(new OnPath(layer, of, point)));
      }
    }
    return findings
        .table(
            Csv.parts("minima", panels, PanelResult::minima)
                .column("network", f -> f.of().panel().name())
                .column("seed", f -> f.part().seed())
                .column("step", f -> f.part().step())
                .column("loss", f -> f.part().loss())
                .column("train_accuracy", f -> f.part().accuracy())
                .column("converged", f -> f.part().converged()))
        .table(
            Csv.of("fits", fits)
                .column("layer", Fitted::layer)
                .column("factor", f -> f.of().path().factor())
                .column("seed", f -> f.of().path().seed())
                .column("fit", Fitted::name)
                .column("r_squared", Fitted::rSquared)
                .column("aicc", Fitted::aicc)
                .column("cross_validated_error", Fitted::crossValidated)
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
