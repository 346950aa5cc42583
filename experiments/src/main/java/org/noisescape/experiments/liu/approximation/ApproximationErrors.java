package org.noisescape.experiments.liu.approximation;

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
import org.noisescape.optim.QuasiHyperbolic;
import org.noisescape.optim.UpdateRule;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;
import org.noisescape.theory.liu.ApproximationError;
import org.noisescape.theory.liu.GradientNoiseCovariance;
import org.noisescape.theory.liu.HeavyBallSgd;
import org.noisescape.theory.liu.Hessian;
import org.noisescape.theory.liu.QuasiHyperbolicSgd;

/**
 * Stationary training loss ½Tr[KΣ] of SGD, heavy ball and quasi-hyperbolic momentum, for a noise
 * that does not commute with the Hessian.
 *
 * <p>The theory before the text is the second order in λ (Gitman et al. 2019). For quasi-hyperbolic
 * momentum the text's Eq. 57 is compared as printed; the exact theory is that of
 * docs/theory-liu.md. Source: Liu et al. (2021), sections 4.4 and 6.4, Table 1.
 */
public final class ApproximationErrors extends StationaryExperiment {
  private static final double SHARP = 1;
  private static final double FLAT = 0.2;
  private static final double[] NOISE = {1, 0.1};

  /** The experiment. */
  public ApproximationErrors() {
    super(
        "liu/approximation-error",
        "Training loss that stationary noise costs, for SGD and two kinds of momentum",
        "Liu, Ziyin, Ueda (2021), sections 4.4 and 6.4, Table 1",
        "approximation_error",
        4000,
        row(
            "shares",
            "learning rates as shares of the largest stable one",
            "0.05,0.1,0.2,0.35,0.5,0.65,0.8,0.9,0.95"),
        row("momentum", "mu of momentum and qhm", "0.8"),
        row("nu", "nu of qhm", "0.7"),
        row("angle", "degrees between the axes of Hessian and noise", "30"));
  }

  /** An update rule and its theories, by rate. */
  private enum Method {
    SGD("sgd"),
    MOMENTUM("momentum"),
    QHM("qhm");

    private final String label;

    Method(String label) {
      this.label = label;
    }
  }

  @Override
  protected String earlier() {
    return "second order in the rate";
  }

  @Override
  protected List<StationaryCase> cases(Settings settings, long seed) {
    List<StationaryCase> cases = new ArrayList<>();
    for (Method method : Method.values()) {
      for (double share : settings.positives("shares")) {
        cases.add(system(settings, method, share * bound(settings, method)));
      }
    }
    return cases;
  }

  private static StationaryCase system(Settings settings, Method method, double rate) {
    double mu = method == Method.SGD ? 0 : settings.positive("momentum");
    double nu = settings.positive("nu");
    double[][] entries = hessian(settings);
    Hessian k = Hessian.of(entries);
    Theory theory = theory(settings, method, rate);
    double slowest =
        Arrays.stream(k.eigenvalues())
            .map(
                eigenvalue ->
                    method == Method.QHM
                        ? StationaryCase.contraction(mu, nu, rate * eigenvalue)
                        : StationaryCase.contraction(mu, rate * eigenvalue))
            .max()
            .orElseThrow();
    List<UpdateRule> rules =
        method == Method.QHM ? List.of(new QuasiHyperbolic(mu, nu)) : Systems.momentum(mu);
    Quadratic loss = new Quadratic(Systems.flat(entries));
    return new StationaryCase(
        new StationaryCase.Label(method.label, "constant", method.label, rate, mu, 0, rate),
        loss,
        DiagonalNoise.constant(NOISE),
        rules,
        rate,
        new double[NOISE.length],
        slowest,
        List.of(
            new Prediction(
                "training loss", loss::value, theory.exact(), theory.text(), theory.previous())));
  }

  /** ½Tr[KΣ]: exact, as the text has it, and to second order. */
  private record Theory(double exact, double text, double previous) {}

  private static Theory theory(Settings settings, Method method, double rate) {
    double mu = method == Method.SGD ? 0 : settings.positive("momentum");
    Hessian k = Hessian.of(hessian(settings));
    GradientNoiseCovariance c = Systems.diagonal(NOISE);
    if (method == Method.QHM) {
      QuasiHyperbolicSgd rule = new QuasiHyperbolicSgd(rate, mu, settings.positive("nu"));
      return new Theory(
          rule.approximationError(k, c),
          rule.printedApproximationError(k, c),
          rule.secondOrder(k, c));
    }
    HeavyBallSgd rule = new HeavyBallSgd(rate, mu);
    double exact = ApproximationError.of(rule, k, c);
    return new Theory(exact, exact, ApproximationError.secondOrder(rule, k, c));
  }

  private static double bound(Settings settings, Method method) {
    Hessian k = Hessian.of(hessian(settings));
    double mu = settings.positive("momentum");
    return switch (method) {
      case SGD -> HeavyBallSgd.largestLearningRate(0, k);
      case MOMENTUM -> HeavyBallSgd.largestLearningRate(mu, k);
      case QHM -> new QuasiHyperbolicSgd(1, mu, settings.positive("nu")).largestLearningRate(k);
    };
  }

  private static double[][] hessian(Settings settings) {
    return Systems.rotated(Math.toRadians(settings.positive("angle")), SHARP, FLAT);
  }

  @Override
  protected List<Figure> figures(Result result) {
    Settings settings = result.settings();
    List<Figure> figures = new ArrayList<>();
    for (Method method : Method.values()) {
      List<GridPoint> points = result.points(method.label);
      double[] rates = Plots.abscissas(points);
      double highest = theory(settings, method, rates[rates.length - 1]).exact();
      FigureBuilder figure =
          Figure.titled(method.label, "Stationary training loss, " + method.label)
              .x("Learning rate λ")
              .logY("½Tr[KΣ]");
      Plots.discrete(figure, "", rates, rate -> theory(settings, method, rate).exact());
      String earlier = "second order (before the text)";
      Plots.continuous(figure, earlier, rates, rate -> theory(settings, method, rate).previous());
      if (method == Method.QHM) {
        figure.line(
            "Eq. 57 as printed, where positive",
            Plots.TEXT,
            Stroke.DASHED,
            rates,
            rate -> {
              double text = theory(settings, method, rate).text();
              // its poles would decide the axis
              return text < 10 * highest ? text : Double.NaN;
            });
      }
      figures.add(
          Plots.simulation(figure, points)
              .captioned(
                  "Curvatures 1 and 0.2, noise of variances 1 and 0.1 along axes turned by %s degrees."
                      .formatted(settings.text("angle"))));
    }
    return figures;
  }
}
