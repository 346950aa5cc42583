package org.noisescape.experiments.liu.bayes;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.liu.stationary.GridNumber;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.experiments.liu.stationary.Plots;
import org.noisescape.experiments.liu.stationary.StationaryCase;
import org.noisescape.experiments.liu.stationary.StationaryExperiment;
import org.noisescape.experiments.liu.stationary.Systems;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.report.Abscissas;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;
import org.noisescape.theory.liu.BayesianLearningRate;
import org.noisescape.theory.liu.HeavyBallSgd;
import org.noisescape.theory.liu.Hessian;

/**
 * Divergence of the stationary state from the posterior against the learning rate, and the rate at
 * which it is least.
 *
 * <p>Noise of covariance (N−S)/(NS)·K. Source: Liu et al. (2021), section 6.1, Eqs. 33 to 37.
 */
public final class BayesRate extends StationaryExperiment {
  private static final double[] CURVATURES = {1, 0.4, 0.1};
  private static final double TOLERANCE = 0.03;
  private static final int SAMPLES = 200;

  /** The experiment. */
  public BayesRate() {
    super(
        "liu/bayes-rate",
        "The learning rate at which SGD samples the posterior best",
        "Liu, Ziyin, Ueda (2021), section 6.1, Eq. 37",
        "variance",
        2000,
        row("samples", "N", "1000"),
        row("batches", "S, each less than N", "20,200,400"),
        row(
            "multiples",
            "learning rates over the optimal one of Eq. 37, eight or more",
            "0.55,0.65,0.75,0.85,0.95,1.05,1.15,1.25,1.35"));
  }

  @Override
  protected List<StationaryCase> cases(Settings settings, long seed) {
    List<Double> multiples = settings.positives("multiples");
    if (multiples.size() < LowestRate.LEAST_POINTS) {
      throw settings.wrong(
          "multiples",
          "must be %d or more, for the fit of the minimum".formatted(LowestRate.LEAST_POINTS));
    }
    double[][] hessian = hessian().entries();
    List<StationaryCase> cases = new ArrayList<>();
    for (int batch : batches(settings)) {
      BayesianLearningRate theory = theory(settings, batch);
      double[] noise = Arrays.stream(CURVATURES).map(k -> theory.noiseFactor() * k).toArray();
      double optimal = theory.optimal(hessian());
      for (double multiple : multiples) {
        double rate = multiple * optimal;
        cases.add(
            Systems.constant(
                new StationaryCase.Label(
                    panel(batch), "proportional to K", "sgd", rate, 0, batch, rate),
                hessian,
                noise));
      }
    }
    return cases;
  }

  @Override
  protected List<GridNumber> judged(Result result) {
    return batches(result.settings()).stream()
        .map(batch -> judged(result.settings(), batch, lowest(result, batch)))
        .toList();
  }

  static GridNumber judged(Settings settings, int batch, LowestRate lowest) {
    BayesianLearningRate theory = theory(settings, batch);
    double optimal = theory.optimal(hessian());
    return new GridNumber(
        "S = %d: optimal learning rate".formatted(batch),
        lowest.estimate(),
        Criterion.share(optimal, TOLERANCE),
        theory.smallRateLimit(hessian()));
  }

  @Override
  protected String moreCriterion() {
    return "Optimal rate, minimum of a polynomial of degree 4 through D_KL against log rate: %s, SE of a"
            .formatted(Criterion.share(1, TOLERANCE).text("rate", "Eq. 37"))
        + " parametric bootstrap; the continuous theory has 2SD/(N Tr K) instead of Eq. 37. ";
  }

  private static LowestRate lowest(Result result, int batch) {
    List<MeasuredDivergence> curve = curve(result, batch);
    return LowestRate.of(curve, RandomKey.of(result.seed(), Purpose.BOOTSTRAP, batch));
  }

  /** D_KL at each rate. */
  static List<MeasuredDivergence> curve(Result result, int batch) {
    List<GridPoint> points = result.points(panel(batch));
    List<MeasuredDivergence> curve = new ArrayList<>();
    for (int i = 0; i < points.size(); i += CURVATURES.length) {
      curve.add(
          MeasuredDivergence.of(
              points.subList(i, i + CURVATURES.length),
              CURVATURES,
              result.settings().integer("samples", 2)));
    }
    return curve;
  }

  @Override
  protected List<Figure> figures(Result result) {
    List<Figure> figures = new ArrayList<>();
    for (int batch : batches(result.settings())) {
      BayesianLearningRate theory = theory(result.settings(), batch);
      double bound = HeavyBallSgd.largestLearningRate(0, hessian());
      List<MeasuredDivergence> curve = curve(result, batch);
      double from = curve.getFirst().rate();
      double limit = theory.smallRateLimit(hessian());
      double to = Math.min(0.98 * bound, Math.max(curve.getLast().rate(), 1.05 * limit));
      double[] rates = Abscissas.even(from, to, SAMPLES - 1);
      double optimal = theory.optimal(hessian());
      double high = 1.2 * theory.divergence(to, hessian());
      FigureBuilder figure =
          Figure.titled("divergence-" + batch, "Divergence from the posterior, S = " + batch)
              .x("Learning rate λ")
              .y("D_KL in nats");
      Plots.discrete(figure, "", rates, rate -> theory.divergence(rate, hessian()));
      Plots.continuous(figure, rates, rate -> theory.continuousDivergence(rate, hessian()));
      figures.add(
          figure
              .add(vertical("optimal rate, Eq. 37", Plots.DISCRETE, optimal, high))
              .add(vertical("small-rate limit", Plots.CONTINUOUS, limit, high))
              .points(
                  "simulation",
                  Plots.MEASURED,
                  curve,
                  MeasuredDivergence::rate,
                  MeasuredDivergence::value,
                  MeasuredDivergence::standardError)
              .captioned(
                  "Curvatures 1, 0.4 and 0.1, N = %s."
                      .formatted(result.settings().text("samples"))));
    }
    return figures;
  }

  private static Line vertical(String name, int colour, double x, double high) {
    return new Line(name, colour, Stroke.THIN, new double[] {x, x}, new double[] {0, high});
  }

  private static Hessian hessian() {
    return Hessian.diagonal(CURVATURES);
  }

  private static BayesianLearningRate theory(Settings settings, int batch) {
    return new BayesianLearningRate(settings.integer("samples", 2), batch);
  }

  private static List<Integer> batches(Settings settings) {
    return settings.integers("batches", 1);
  }

  private static String panel(int batch) {
    return "S = " + batch;
  }
}
