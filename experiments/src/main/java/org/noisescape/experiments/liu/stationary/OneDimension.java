package org.noisescape.experiments.liu.stationary;

import java.util.List;
import java.util.function.DoubleFunction;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.report.Figure;
import org.noisescape.report.FigureBuilder;
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
  /** Noise of variance 1, whatever the data. */
  public static final String WHITE = "white";

  /** Noise of mini-batches of the data. */
  public static final String MINI_BATCH = "mini-batch";

  /** Samples, drawn anew, and a batch as the settings have them. */
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
    double[] x = Plots.abscissas(points);
    FigureBuilder figure = Figure.titled(name, title).x(axis).logY("Variance Σ of w");
    if (white) {
      Hessian one = Hessian.diagonal(1);
      GradientNoiseCovariance c = GradientNoiseCovariance.isotropic(1, 1);
      Plots.discrete(figure, "", x, at -> DiscreteTime.variance(rule.apply(at), 1, 1));
      Plots.continuous(figure, x, at -> ContinuousTime.covariance(rule.apply(at), one, c)[0][0]);
    } else {
      Plots.text(figure, x, at -> shaped(rule.apply(at), false));
      Plots.discrete(figure, ", exact noise", x, at -> exact(rule.apply(at)));
      Plots.continuous(figure, x, at -> shaped(rule.apply(at), true));
    }
    return Plots.simulation(figure, points).captioned(caption(points));
  }

  /** The same over the text's formula: what C = K/S leaves open. */
  public Figure gap(
      String name,
      String title,
      String axis,
      List<GridPoint> points,
      DoubleFunction<HeavyBallSgd> rule) {
    double[] x = Plots.abscissas(points);
    FigureBuilder figure = Figure.titled(name, title).x(axis).y("Σ / Σ of the text");
    Plots.text(figure, x, at -> 1);
    Plots.discrete(
        figure, ", exact noise", x, at -> exact(rule.apply(at)) / shaped(rule.apply(at), false));
    return figure
        .points(
            "simulation",
            Plots.MEASURED,
            points,
            GridPoint::x,
            p -> p.value() / p.text(),
            p -> p.standardError() / p.text())
        .captioned(caption(points) + " Divided by the discrete theory with C = K/S.");
  }

  private String caption(List<GridPoint> points) {
    boolean white = points.getFirst().label().noise().equals(WHITE);
    String system =
        white
            ? "L = w²/2, white noise of variance 1"
            : "Linear regression, N = %d, S = %d with replacement, k = %.4f"
                .formatted(data.targets().length, batch, noise.hessian().largest());
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
