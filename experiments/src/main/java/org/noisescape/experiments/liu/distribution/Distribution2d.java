package org.noisescape.experiments.liu.distribution;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.frame.Identity;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.SettingRows;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.experiments.liu.stationary.OneDimension;
import org.noisescape.experiments.liu.stationary.Plots;
import org.noisescape.experiments.liu.stationary.Prediction;
import org.noisescape.experiments.liu.stationary.StationaryCase;
import org.noisescape.experiments.liu.stationary.StationaryExperiment;
import org.noisescape.experiments.liu.stationary.Synthetic;
import org.noisescape.experiments.liu.stationary.Systems;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.runs.CheckpointProbe.Result;
import org.noisescape.theory.liu.ContinuousTime;
import org.noisescape.theory.liu.DiscreteTime;
import org.noisescape.theory.liu.GradientNoiseCovariance;
import org.noisescape.theory.liu.HeavyBallSgd;
import org.noisescape.theory.liu.Hessian;
import org.noisescape.theory.liu.RegressionNoise;

/**
 * Stationary distribution of two parameters with curvatures 1 and 0.1, against the 3σ ellipses of
 * the theories.
 *
 * <p>Source: Liu et al. (2021), sections 5.1 and 5.2, Figs. 3 and 4. Beyond the text: a noise that
 * does not commute with the Hessian, where Eq. 8 has no closed form in matrices.
 */
public final class Distribution2d extends StationaryExperiment {
  private static final double FLAT = 0.1;
  private static final String CROSSED = "crossed";
  private static final SettingRows SETTINGS =
      SettingRows.of(
          row("rates", "learning rates times the larger curvature", "0.2,1,1.8"),
          row("angle", "degrees between the axes of Hessian and noise in the crossed panels", "30"),
          row("samples", "N of the regression", "1000"),
          row("batch", "S, drawn with replacement", "100"));

  /** The experiment. */
  public Distribution2d() {
    super(
        new Identity(
            "liu/distribution-2d",
            "Large learning rates distort the stationary distribution along sharp directions",
            "Liu, Ziyin, Ueda (2021), sections 5.1 and 5.2, Figs. 3 and 4"),
        SETTINGS,
        "variance");
  }

  @Override
  protected List<StationaryCase> cases(Settings settings, long seed) {
    Synthetic data = Synthetic.draw(settings.integer("samples", 3), seed, 1, FLAT);
    int batch = settings.integer("batch", 1);
    RegressionNoise noise = data.noise(batch);
    double[][] straight = Systems.rotated(0, 1, FLAT);
    double[][] turned = Systems.rotated(Math.toRadians(settings.positive("angle")), 1, FLAT);
    List<StationaryCase> cases = new ArrayList<>();
    for (double x : settings.positives("rates")) {
      cases.add(
          withEllipses(
              Systems.constant(label(OneDimension.WHITE, x, x, 0), straight, 1, 1),
              Hessian.of(straight),
              GradientNoiseCovariance.isotropic(1, 2)));
    }
    for (double x : settings.positives("rates")) {
      cases.add(
          withEllipses(
              Systems.regression(
                  label(OneDimension.MINI_BATCH, x / noise.hessian().largest(), x, batch),
                  data,
                  noise),
              noise.hessian(),
              noise.hessianShaped()));
    }
    for (double x : settings.positives("rates")) {
      StationaryCase crossed = Systems.constant(label(CROSSED, x, x, 0), turned, 1, FLAT);
      Hessian k = Hessian.of(turned);
      GradientNoiseCovariance c = Systems.diagonal(1, FLAT);
      double discrete = DiscreteTime.covariance(HeavyBallSgd.sgd(x), k, c)[0][1];
      double continuous = ContinuousTime.covariance(HeavyBallSgd.sgd(x), k, c)[0][1];
      Prediction product =
          new Prediction(
              "covariance of w_1 and w_2", w -> w[0] * w[1], discrete, discrete, continuous);
      cases.add(withEllipses(crossed.plus(List.of(product)), k, c));
    }
    return cases;
  }

  /** Adds the shares inside the ellipses, which the report tells and the criterion leaves alone. */
  private static StationaryCase withEllipses(
      StationaryCase system, Hessian hessian, GradientNoiseCovariance noise) {
    HeavyBallSgd rule = HeavyBallSgd.sgd(system.learningRate());
    Ellipse discrete = Ellipse.of(DiscreteTime.covariance(rule, hessian, noise));
    Ellipse continuous = Ellipse.of(ContinuousTime.covariance(rule, hessian, noise));
    return system.plus(
        List.of(
            new Prediction(
                "inside the discrete ellipse",
                discrete.inside(),
                Double.NaN,
                Double.NaN,
                Double.NaN),
            new Prediction(
                "inside the continuous ellipse",
                continuous.inside(),
                Double.NaN,
                Double.NaN,
                Double.NaN)));
  }

  @Override
  protected void more(Result result, Measurements into) {
    for (GridPoint p : result.points()) {
      if (p.quantity().startsWith("inside")) {
        into.value(
            "%s, rate %s: %s"
                .formatted(p.label().noise(), Plots.number(p.label().x()), p.quantity()),
            p.value(),
            p.standardError(),
            Ellipse.NORMAL_SHARE);
      }
    }
  }

  @Override
  protected List<Figure> figures(Result result) {
    List<Figure> figures = new ArrayList<>();
    Synthetic data =
        Synthetic.draw(result.settings().integer("samples", 3), result.seed(), 1, FLAT);
    RegressionNoise noise = data.noise(result.settings().integer("batch", 1));
    for (int i = 0; i < result.cases().size(); i++) {
      StationaryCase system = result.cases().get(i);
      boolean batches = system.label().noise().equals(OneDimension.MINI_BATCH);
      boolean crossed = system.label().noise().equals(CROSSED);
      Hessian k =
          batches
              ? noise.hessian()
              : Hessian.of(
                  Systems.rotated(
                      crossed ? Math.toRadians(result.settings().positive("angle")) : 0, 1, FLAT));
      GradientNoiseCovariance c =
          batches
              ? noise.hessianShaped()
              : crossed ? Systems.diagonal(1, FLAT) : GradientNoiseCovariance.isotropic(1, 2);
      HeavyBallSgd rule = HeavyBallSgd.sgd(system.learningRate());
      List<Mark> marks = new ArrayList<>();
      marks.add(cloud(result.averages().get(i).last()));
      marks.add(
          Ellipse.of(ContinuousTime.covariance(rule, k, c))
              .line("continuous theory, 3σ", Plots.CONTINUOUS, Stroke.DOTTED));
      marks.add(
          Ellipse.of(DiscreteTime.covariance(rule, k, c))
              .line(
                  batches ? "discrete theory, C = K/S (text), 3σ" : "discrete theory, 3σ",
                  batches ? Plots.TEXT : Plots.DISCRETE,
                  batches ? Stroke.DASHED : Stroke.SOLID));
      if (batches) {
        marks.add(
            Ellipse.of(noise.covariance(rule))
                .line("discrete theory, exact noise, 3σ", Plots.DISCRETE, Stroke.SOLID));
      }
      figures.add(
          new Figure(
              "%s-%d".formatted(system.label().noise(), i),
              "%s noise, λk₁ = %s"
                  .formatted(system.label().noise(), Plots.number(system.label().x())),
              "Curvatures 1 and 0.1; one point a replica, at the end. A normal distribution has"
                  + " 98.9 % inside 3σ.",
              new Axis("w₁ − w₁*", Scale.LINEAR),
              new Axis("w₂ − w₂*", Scale.LINEAR),
              marks));
    }
    return figures;
  }

  private static Points cloud(double[][] last) {
    List<double[]> replicas = List.of(last);
    return new Points(
        "replicas", Plots.MEASURED, Column.of(replicas, w -> w[0]), Column.of(replicas, w -> w[1]));
  }

  private static StationaryCase.Label label(String noise, double rate, double x, int batch) {
    return new StationaryCase.Label(noise, noise, "sgd", rate, 0, batch, x);
  }
}
