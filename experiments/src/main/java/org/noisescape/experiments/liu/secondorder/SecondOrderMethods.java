package org.noisescape.experiments.liu.secondorder;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Quadratic;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.experiments.liu.stationary.Plots;
import org.noisescape.experiments.liu.stationary.Prediction;
import org.noisescape.experiments.liu.stationary.StationaryCase;
import org.noisescape.experiments.liu.stationary.StationaryExperiment;
import org.noisescape.experiments.liu.stationary.Systems;
import org.noisescape.optim.Preconditioned;
import org.noisescape.optim.UpdateRule;
import org.noisescape.report.Figure;
import org.noisescape.report.FigureBuilder;
import org.noisescape.theory.liu.DampedNewton;
import org.noisescape.theory.liu.GradientNoiseCovariance;
import org.noisescape.theory.liu.Hessian;
import org.noisescape.theory.liu.NaturalGradient;

/**
 * Stationary training loss of damped Newton and natural gradient descent, with noise that does not
 * commute with the Hessian and with mini-batch noise.
 *
 * <p>The preconditioner is the constant matrix that the text takes, λK⁻¹ or λ(KΣK)⁻¹ with the Σ of
 * the theory. Continuous theory: the same without the terms of second order in the rate, (1/(1−μ))
 * λ/2 Tr[K⁻¹C]/2 for Newton and √(λ/(8(1−μ)))·Tr√(CK⁻¹) for the natural gradient; it is ours, the
 * text knows none. Source: Liu et al. (2021), section 6.5, Eqs. 58 to 64.
 */
public final class SecondOrderMethods extends StationaryExperiment {
  private static final double SHARP = 1;
  private static final double FLAT = 0.1;
  private static final double[] NOISE = {1, 0.1};

  /** The experiment. */
  public SecondOrderMethods() {
    super(
        "liu/second-order",
        "Stationary fluctuations of damped Newton and of the natural gradient",
        "Liu, Ziyin, Ueda (2021), section 6.5, Eqs. 58 to 64",
        "approximation_error",
        4000,
        row("rates", "learning rates of Newton, below 2(1 + mu)", "0.1,0.3,0.6,1,1.5,2,2.5"),
        row(
            "natural-rates",
            "those of the natural gradient, which has no such bound",
            "0.1,0.3,0.6,1,1.5,2,2.5,3.2,4"),
        row("momentum", "mu, 0 for none", "0.5"),
        row("samples", "N of mini-batch noise", "1000"),
        row("batch", "S of mini-batch noise", "100"),
        row("angle", "degrees between the axes of Hessian and noise", "30"));
  }

  /** The four panels. */
  private enum Panel {
    NEWTON("newton"),
    NEWTON_MINI_BATCH("newton mini-batch"),
    NATURAL("natural gradient"),
    NATURAL_MINI_BATCH("natural gradient mini-batch");

    private final String label;

    Panel(String label) {
      this.label = label;
    }

    boolean newton() {
      return this == NEWTON || this == NEWTON_MINI_BATCH;
    }

    /** Setting of its rates. */
    String rates() {
      return newton() ? "rates" : "natural-rates";
    }

    boolean miniBatch() {
      return this == NEWTON_MINI_BATCH || this == NATURAL_MINI_BATCH;
    }
  }

  @Override
  protected List<StationaryCase> cases(Settings settings, long seed) {
    List<StationaryCase> cases = new ArrayList<>();
    for (Panel panel : Panel.values()) {
      for (double rate : settings.positives(panel.rates())) {
        cases.add(system(settings, panel, rate));
      }
    }
    return cases;
  }

  private static StationaryCase system(Settings settings, Panel panel, double rate) {
    double mu = settings.notNegative("momentum");
    double[][] entries = entries(settings, panel);
    Hessian k = Hessian.of(entries);
    double[][] noise = noise(settings, panel, rate).entries();
    double[][] lambda;
    if (panel.newton()) {
      lambda = scaledInverse(entries, rate);
    } else {
      NaturalGradient rule = new NaturalGradient(rate, mu);
      lambda = rule.preconditioner(k, rule.covariance(k, noise(settings, panel, rate)));
    }
    List<UpdateRule> rules = new ArrayList<>();
    rules.add(new Preconditioned(Systems.flat(lambda)));
    rules.addAll(Systems.momentum(mu));
    double slowest =
        Arrays.stream(Systems.eigenvalues(lambda, entries))
            .map(x -> StationaryCase.contraction(mu, x))
            .max()
            .orElseThrow();
    Quadratic loss = new Quadratic(Systems.flat(entries));
    double exact = exact(settings, panel, rate);
    return new StationaryCase(
        new StationaryCase.Label(
            panel.label,
            panel.miniBatch() ? "mini-batch" : "constant",
            panel.newton() ? "newton" : "natural-gradient",
            rate,
            mu,
            panel.miniBatch() ? settings.integer("batch", 1) : 0,
            rate),
        loss,
        DiagonalNoise.constant(noise[0][0], noise[1][1]),
        rules,
        1,
        new double[2],
        slowest,
        List.of(
            new Prediction(
                "training loss", loss::value, exact, exact, smallRate(settings, panel, rate))));
  }

  private static double exact(Settings settings, Panel panel, double rate) {
    double mu = settings.notNegative("momentum");
    Hessian k = Hessian.of(entries(settings, panel));
    return switch (panel) {
      case NEWTON, NEWTON_MINI_BATCH ->
          new DampedNewton(rate, mu).approximationError(k, noise(settings, panel, rate));
      case NATURAL ->
          new NaturalGradient(rate, mu).approximationError(k, noise(settings, panel, rate));
      case NATURAL_MINI_BATCH ->
          new NaturalGradient(rate, mu).miniBatchApproximationError(k, factor(settings));
    };
  }

  /** The same without the terms of second order in the rate. */
  private static double smallRate(Settings settings, Panel panel, double rate) {
    double mu = settings.notNegative("momentum");
    double tiny = 1e-6;
    return switch (panel) {
      case NEWTON, NEWTON_MINI_BATCH -> exact(settings, panel, tiny) * rate / tiny;
      case NATURAL -> exact(settings, panel, tiny) * Math.sqrt(rate / tiny);
      // Y² − λ/(2(1+μ)) Y − λa/(2(1−μ)) Y = 0 without its second term
      case NATURAL_MINI_BATCH -> 2 * rate * factor(settings) / (4 * (1 - mu));
    };
  }

  private static GradientNoiseCovariance noise(Settings settings, Panel panel, double rate) {
    Hessian k = Hessian.of(entries(settings, panel));
    return switch (panel) {
      case NEWTON, NATURAL -> Systems.diagonal(NOISE);
      case NEWTON_MINI_BATCH -> GradientNoiseCovariance.proportional(factor(settings), k);
      case NATURAL_MINI_BATCH -> {
        double[][] sigma =
            new NaturalGradient(rate, settings.notNegative("momentum"))
                .miniBatchCovariance(k, factor(settings));
        yield Systems.diagonal(
            factor(settings) * SHARP * SHARP * sigma[0][0],
            factor(settings) * FLAT * FLAT * sigma[1][1]);
      }
    };
  }

  /** (N−S)/(NS). */
  private static double factor(Settings settings) {
    int samples = settings.integer("samples", 2);
    int batch = settings.integer("batch", 1);
    if (batch >= samples) {
      throw settings.wrong("batch", "must be less than the %d samples".formatted(samples));
    }
    return (double) (samples - batch) / ((double) samples * batch);
  }

  /** Turned against the noise; along the axes where the noise has the Hessian's own. */
  private static double[][] entries(Settings settings, Panel panel) {
    double angle = panel.miniBatch() ? 0 : Math.toRadians(settings.positive("angle"));
    return Systems.rotated(angle, SHARP, FLAT);
  }

  private static double[][] scaledInverse(double[][] k, double rate) {
    double determinant = k[0][0] * k[1][1] - k[0][1] * k[1][0];
    double scale = rate / determinant;
    return new double[][] {
      {scale * k[1][1], -scale * k[0][1]}, {-scale * k[1][0], scale * k[0][0]}
    };
  }

  @Override
  protected List<Figure> figures(Result result) {
    Settings settings = result.settings();
    List<Figure> figures = new ArrayList<>();
    for (Panel panel : Panel.values()) {
      List<GridPoint> points = result.points(panel.label);
      double[] rates = Plots.abscissas(points);
      String caption =
          panel.miniBatch()
              ? "Curvatures 1 and 0.1, μ = %s, N = %s, S = %s."
                  .formatted(
                      settings.text("momentum"), settings.text("samples"), settings.text("batch"))
              : "Curvatures 1 and 0.1, μ = %s, noise of variances 1 and 0.1 along axes turned by %s degrees."
                  .formatted(settings.text("momentum"), settings.text("angle"));
      FigureBuilder figure =
          Figure.titled(panel.label.replace(' ', '-'), "Stationary training loss, " + panel.label)
              .x("Learning rate λ")
              .logY("½Tr[KΣ]");
      Plots.discrete(figure, "", rates, rate -> exact(settings, panel, rate));
      Plots.continuous(figure, "continuous time", rates, rate -> smallRate(settings, panel, rate));
      figures.add(Plots.simulation(figure, points).captioned(caption));
    }
    return figures;
  }
}
