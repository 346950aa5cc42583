package org.noisescape.experiments.liu.distribution;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Rival;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.liu.stationary.GridCriterion;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.experiments.liu.stationary.OneDimension;
import org.noisescape.experiments.liu.stationary.Plots;
import org.noisescape.experiments.liu.stationary.Prediction;
import org.noisescape.experiments.liu.stationary.StationaryCase;
import org.noisescape.experiments.liu.stationary.StationaryExperiment;
import org.noisescape.experiments.liu.stationary.Synthetic;
import org.noisescape.experiments.liu.stationary.Systems;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;
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
  private static final String MIXED = "mixed";
  private static final String MOMENTUM = "crossed-momentum";
  private static final List<String> KINDS =
      List.of(OneDimension.WHITE, OneDimension.MINI_BATCH, CROSSED, MIXED, MOMENTUM);

  /** The experiment. */
  public Distribution2d() {
    super(
        "liu/distribution-2d",
        "Large learning rates distort the stationary distribution along sharp directions",
        "Liu, Ziyin, Ueda (2021), sections 5.1 and 5.2, Figs. 3 and 4, Theorems 1 to 3",
        "variance",
        4000,
        row("rates", "learning rates times the larger curvature", "0.2,1,1.8"),
        row("angle", "degrees between the axes of Hessian and noise in the crossed panels", "30"),
        row("mixed-white", "sigma^2 of the mixed noise sigma^2 I + a K", "0.3"),
        row("mixed-slope", "a of it", "0.7"),
        row("momentum", "mu of the last panels, of crossed noise", "0.5"),
        row("samples", "N of the regression", "1000"),
        row("batch", "S, drawn with replacement", "100"));
  }

  /**
   * What the theories take for a kind of noise, the text's C = K/S for mini-batches.
   *
   * @param hessian K
   * @param noise C
   * @param variances its diagonal where it is constant, else empty
   */
  private record Panel(Hessian hessian, GradientNoiseCovariance noise, List<Double> variances) {
    static Panel constant(double angle, double first, double second) {
      return new Panel(
          Hessian.of(Systems.rotated(angle, 1, FLAT)),
          Systems.diagonal(first, second),
          List.of(first, second));
    }

    static Panel of(String kind, Settings settings, RegressionNoise batches) {
      return switch (kind) {
        case OneDimension.WHITE -> constant(0, 1, 1);
        case OneDimension.MINI_BATCH ->
            new Panel(batches.hessian(), batches.hessianShaped(), List.of());
        case MIXED -> mixed(settings.positive("mixed-white"), settings.positive("mixed-slope"));
        default -> constant(Math.toRadians(settings.positive("angle")), 1, FLAT);
      };
    }

    /** σ²I + aK. */
    static Panel mixed(double white, double slope) {
      return constant(0, white + slope, white + slope * FLAT);
    }
  }

  @Override
  protected List<StationaryCase> cases(Settings settings, long seed) {
    Synthetic data = Synthetic.draw(settings.integer("samples", 3), seed, 1, FLAT);
    RegressionNoise noise = data.noise(settings.integer("batch", 1));
    List<StationaryCase> cases = new ArrayList<>();
    for (String kind : KINDS) {
      Panel panel = Panel.of(kind, settings, noise);
      double momentum = kind.equals(MOMENTUM) ? settings.notNegative("momentum") : 0;
      for (double x : settings.positives("rates")) {
        cases.add(
            withEllipses(
                system(kind, x, momentum, panel, data, settings.integer("batch", 1)), panel));
      }
    }
    return cases;
  }

  private static StationaryCase system(
      String kind, double x, double momentum, Panel panel, Synthetic data, int batch) {
    double[][] hessian = panel.hessian().entries();
    double[] variances = Column.of(panel.variances(), v -> v);
    return switch (kind) {
      case OneDimension.WHITE, MIXED ->
          Systems.constant(label(kind, x, x, 0, 0), hessian, variances);
      case OneDimension.MINI_BATCH ->
          Systems.regression(
              label(kind, x / panel.hessian().largest(), x, batch, 0), data, data.noise(batch));
      default -> {
        HeavyBallSgd rule = new HeavyBallSgd(x, momentum);
        double discrete = DiscreteTime.covariance(rule, panel.hessian(), panel.noise())[0][1];
        double continuous = ContinuousTime.covariance(rule, panel.hessian(), panel.noise())[0][1];
        Prediction product =
            new Prediction(
                "covariance of w_1 and w_2", w -> w[0] * w[1], discrete, discrete, continuous);
        yield Systems.constant(label(kind, x, x, 0, momentum), hessian, variances)
            .plus(List.of(product));
      }
    };
  }

  /** Adds the shares inside the ellipses, which the report tells and the criterion leaves alone. */
  private static StationaryCase withEllipses(StationaryCase system, Panel panel) {
    HeavyBallSgd rule = rule(system);
    return system.plus(
        List.of(
            inside("discrete", DiscreteTime.covariance(rule, panel.hessian(), panel.noise())),
            inside("continuous", ContinuousTime.covariance(rule, panel.hessian(), panel.noise()))));
  }

  private static Prediction inside(String theory, double[][] covariance) {
    return new Prediction(
        "inside the %s ellipse".formatted(theory),
        Ellipse.of(covariance).inside(),
        Double.NaN,
        Double.NaN,
        Double.NaN);
  }

  @Override
  protected void told(Result result, Measurements into) {
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
      Panel panel = Panel.of(system.label().noise(), result.settings(), noise);
      HeavyBallSgd rule = rule(system);
      String kind = system.label().noise();
      FigureBuilder figure =
          Figure.titled(
                  "%s-%d".formatted(kind, i),
                  "%s noise, λk₁ = %s".formatted(kind, Plots.number(system.label().x())))
              .x("w₁ − w₁*")
              .y("w₂ − w₂*")
              .geometric()
              .points(
                  "replicas",
                  Plots.MEASURED,
                  List.of(result.averages().get(i).last()),
                  w -> w[0],
                  w -> w[1]);
      Ellipse.of(ContinuousTime.covariance(rule, panel.hessian(), panel.noise()))
          .draw(figure, "continuous theory, 3σ", Plots.CONTINUOUS, Stroke.DOTTED);
      Ellipse discrete = Ellipse.of(DiscreteTime.covariance(rule, panel.hessian(), panel.noise()));
      if (batches) {
        String text = "discrete theory, C = K/S (text), 3σ";
        discrete.draw(figure, text, Plots.TEXT, Stroke.DASHED);
        Ellipse.of(noise.covariance(rule))
            .draw(figure, "discrete theory, exact noise, 3σ", Plots.DISCRETE, Stroke.SOLID);
      } else {
        discrete.draw(figure, "discrete theory, 3σ", Plots.DISCRETE, Stroke.SOLID);
      }
      figures.add(
          figure.captioned(
              "Curvatures 1 and 0.1; one point a replica, at the end. A normal distribution has"
                  + " 98.9 % inside 3σ."));
    }
    return figures;
  }

  @Override
  protected String moreCriterion() {
    return "Of the mixed noise (Theorem 3) three more, at its variances: either part alone, and isotropic"
        + " noise of the same trace. ";
  }

  /** The mixed noise with one of its parts, or with the same trace in all directions. */
  @Override
  protected List<Rival> rivals(Result result) {
    Settings settings = result.settings();
    double white = settings.positive("mixed-white");
    double slope = settings.positive("mixed-slope");
    double middle = white + slope * (1 + FLAT) / 2;
    return List.of(
        rival("mixed noise: its white part alone", Panel.mixed(white, 0), result),
        rival("mixed noise: its mini-batch part alone", Panel.mixed(0, slope), result),
        rival("mixed noise: isotropic, of the same trace", Panel.mixed(middle, 0), result));
  }

  private static Rival rival(String name, Panel panel, Result result) {
    List<GridPoint> points =
        result.points(MIXED).stream().filter(p -> p.quantity().startsWith("variance")).toList();
    return new Rival(
        name,
        GridCriterion.law(
            "mixed: value / it, furthest of " + points.size(),
            points,
            p -> {
              int direction = p.quantity().endsWith("1") ? 0 : 1;
              HeavyBallSgd rule = HeavyBallSgd.sgd(p.label().learningRate());
              return DiscreteTime.covariance(rule, panel.hessian(), panel.noise())[direction][
                  direction];
            }));
  }

  private static HeavyBallSgd rule(StationaryCase system) {
    return new HeavyBallSgd(system.learningRate(), system.label().momentum());
  }

  private static StationaryCase.Label label(
      String noise, double rate, double x, int batch, double momentum) {
    return new StationaryCase.Label(
        noise, noise, momentum == 0 ? "sgd" : "momentum", rate, momentum, batch, x);
  }
}
