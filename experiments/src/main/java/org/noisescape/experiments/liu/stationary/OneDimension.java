package org.noisescape.experiments.liu.stationary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.theory.liu.ContinuousTime;
import org.noisescape.theory.liu.DiscreteTime;
import org.noisescape.theory.liu.GradientNoiseCovariance;
import org.noisescape.theory.liu.HeavyBallSgd;
import org.noisescape.theory.liu.Hessian;
import org.noisescape.theory.liu.RegressionNoise;

/**
 * Variance of one parameter over a grid of rates or momenta, with white or mini-batch noise.
 *
 * <p>Abscissas are λk or μ. The Hessian of mini-batch panels is that of the samples drawn, k =
 * (1/N) Σ x², which differs by some per cent from the E[x²] = 1 that the text takes.
 *
 * @param data samples of the mini-batch panels
 * @param noise their noise
 * @param batch S
 */
public record OneDimension(Synthetic data, RegressionNoise noise, int batch) {
  public static final String WHITE = "white";
  public static final String MINI_BATCH = "mini-batch";

  public static OneDimension of(Settings settings, long seed) {
    Synthetic data = Synthetic.draw(settings.integer("samples", 2), seed, 1);
    int batch = settings.integer("batch", 1);
    return new OneDimension(data, data.noise(batch), batch);
  }

  /** White noise of variance 1, k = 1. */
  public static StationaryCase white(String panel, double scaledRate, double momentum, double x) {
    return Systems.constant(
        new StationaryCase.Label(
            panel, WHITE, momentum == 0 ? "sgd" : "momentum", scaledRate, momentum, 0, x),
        new double[][] {{1}},
        1);
  }

  /** Mini-batch noise at λ = scaledRate/k. */
  public StationaryCase miniBatch(String panel, double scaledRate, double momentum, double x) {
    return Systems.regression(
        new StationaryCase.Label(
            panel,
            MINI_BATCH,
            momentum == 0 ? "sgd" : "momentum",
            scaledRate / noise.hessian().largest(),
            momentum,
            batch,
            x),
        data,
        noise);
  }

  /**
   * Measured variances and the theories.
   *
   * @param rule rule of an abscissa, at k = 1
   */
  public Figure variances(
      String name,
      String title,
      String axis,
      List<GridPoint> points,
      DoubleFunction<HeavyBallSgd> rule) {
    boolean white = points.getFirst().label().noise().equals(WHITE);
    double[] range = Plots.range(points);
    List<Mark> marks = new ArrayList<>();
    if (!white) {
      marks.add(
          Plots.line(
              "discrete theory, C = K/S (text)",
              Plots.TEXT,
              Stroke.DASHED,
              range,
              x -> shaped(rule.apply(x), false)));
    }
    marks.add(
        Plots.line(
            white ? "discrete theory" : "discrete theory, exact noise",
            Plots.DISCRETE,
            Stroke.SOLID,
            range,
            x -> white ? DiscreteTime.variance(rule.apply(x), 1, 1) : exact(rule.apply(x))));
    marks.add(
        Plots.line(
            "continuous theory",
            Plots.CONTINUOUS,
            Stroke.DOTTED,
            range,
            x ->
                white
                    ? ContinuousTime.covariance(
                        rule.apply(x),
                        Hessian.diagonal(1),
                        GradientNoiseCovariance.isotropic(1, 1))[0][0]
                    : shaped(rule.apply(x), true)));
    marks.add(Plots.points("simulation", Plots.MEASURED, points));
    return new Figure(
        name,
        title,
        caption(points),
        new Axis(axis, Scale.LINEAR),
        new Axis("Variance Σ of w", Scale.LOG),
        marks);
  }

  /** The same over the text's formula: what C = K/S leaves open. */
  public Figure gap(
      String name,
      String title,
      String axis,
      List<GridPoint> points,
      DoubleFunction<HeavyBallSgd> rule) {
    double[] range = Plots.range(points);
    return new Figure(
        name,
        title,
        caption(points) + " Divided by the discrete theory with C = K/S.",
        new Axis(axis, Scale.LINEAR),
        new Axis("Σ / Σ of the text", Scale.LINEAR),
        List.of(
            Plots.line("discrete theory, C = K/S (text)", Plots.TEXT, Stroke.DASHED, range, x -> 1),
            Plots.line(
                "discrete theory, exact noise",
                Plots.DISCRETE,
                Stroke.SOLID,
                range,
                x -> exact(rule.apply(x)) / shaped(rule.apply(x), false)),
            Plots.points("simulation", Plots.MEASURED, points, GridPoint::text)));
  }

  private String caption(List<GridPoint> points) {
    boolean white = points.getFirst().label().noise().equals(WHITE);
    String system =
        white
            ? "L = w²/2, white noise of variance 1"
            : String.format(
                Locale.ROOT,
                "Linear regression, N = %d, S = %d with replacement, k = %.4f",
                data.targets().length,
                batch,
                noise.hessian().largest());
    return system + "; %d replicas.".formatted(points.getFirst().replicas());
  }

  private double exact(HeavyBallSgd scaled) {
    return noise.covariance(unscaled(scaled))[0][0];
  }

  private double shaped(HeavyBallSgd scaled, boolean continuous) {
    HeavyBallSgd rule = unscaled(scaled);
    return continuous
        ? ContinuousTime.covariance(rule, noise.hessian(), noise.hessianShaped())[0][0]
        : DiscreteTime.covariance(rule, noise.hessian(), noise.hessianShaped())[0][0];
  }

  private HeavyBallSgd unscaled(HeavyBallSgd scaled) {
    return new HeavyBallSgd(scaled.learningRate() / noise.hessian().largest(), scaled.momentum());
  }
}
