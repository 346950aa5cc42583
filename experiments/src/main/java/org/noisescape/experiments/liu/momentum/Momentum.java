package org.noisescape.experiments.liu.momentum;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.liu.stationary.GridNumber;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.experiments.liu.stationary.OneDimension;
import org.noisescape.experiments.liu.stationary.Plots;
import org.noisescape.experiments.liu.stationary.StationaryCase;
import org.noisescape.experiments.liu.stationary.StationaryExperiment;
import org.noisescape.report.Figure;
import org.noisescape.theory.liu.HeavyBallSgd;
import org.noisescape.theory.liu.RegressionNoise;

/**
 * Stationary variance of one parameter against the momentum.
 *
 * <p>At λk = 2.75 SGD diverges, and momentum below μ = λk/2 − 1 does, too. Source: Liu et al.
 * (2021), section 5.3, Fig. 5.
 */
public final class Momentum extends StationaryExperiment {
  private static final String LARGE = "large rate";
  private static final String SMALL = "small rate";
  private static final int SCAN = 200;

  /** The experiment. */
  public Momentum() {
    super(
        "liu/momentum",
        "With momentum the variance diverges at learning rate 2(1 + mu)/k",
        "Liu, Ziyin, Ueda (2021), section 5.3, Fig. 5",
        "variance",
        4000,
        row("large-rate", "learning rate times k, above 2", "2.75"),
        row(
            "large-rate-momenta",
            "momenta at it, above lambda k/2 - 1",
            "0.42,0.45,0.5,0.6,0.7,0.8,0.9,0.95"),
        row(
            "large-rate-batch-momenta",
            "momenta at it with mini-batch noise, where fewer are stable",
            "0.6,0.65,0.7,0.75,0.8"),
        row("small-rate", "learning rate times k", "1"),
        row("small-rate-momenta", "momenta at it", "0,0.15,0.3,0.45,0.6,0.7,0.8,0.9,0.95"),
        row("samples", "N of the regression", "1000"),
        row("batch", "S, drawn with replacement", "100"));
  }

  @Override
  protected List<StationaryCase> cases(Settings settings, long seed) {
    OneDimension system = OneDimension.of(settings, seed);
    List<StationaryCase> cases = new ArrayList<>();
    for (String kind : List.of(LARGE, SMALL)) {
      double rate = settings.positive(key(kind));
      for (double mu : settings.notNegatives(key(kind) + "-momenta")) {
        cases.add(OneDimension.white(panel(OneDimension.WHITE, kind), rate, mu, mu));
      }
      String momenta = kind.equals(LARGE) ? "-batch-momenta" : "-momenta";
      for (double mu : settings.notNegatives(key(kind) + momenta)) {
        cases.add(system.miniBatch(panel(OneDimension.MINI_BATCH, kind), rate, mu, mu));
      }
    }
    return cases;
  }

  @Override
  protected List<GridNumber> judged(Result result) {
    double rate = result.settings().positive(key(LARGE));
    double edge = rate / 2 - 1;
    if (edge <= 0) {
      return List.of();
    }
    // continuous time is stable at every momentum
    return List.of(
        new GridNumber(
            "momentum below which lambda k = %s diverges".formatted(Plots.number(rate)),
            PointEstimate.exact(DivergenceEdge.of(rate)),
            DivergenceEdge.criterion(edge),
            0));
  }

  @Override
  protected void told(Result result, Measurements into) {
    double rate = result.settings().positive(key(LARGE));
    RegressionNoise noise = OneDimension.of(result.settings(), result.seed()).noise();
    double[] stable =
        IntStream.range(0, SCAN)
            .mapToDouble(i -> (double) i / SCAN)
            .filter(mu -> noise.stable(new HeavyBallSgd(rate / noise.hessian().largest(), mu)))
            .toArray();
    if (stable.length > 0) {
      String name = "exact mini-batch noise, lambda k = %s: ".formatted(Plots.number(rate));
      double apart = 1.0 / SCAN;
      into.value(name + "smallest momentum with a finite variance", stable[0], apart, Double.NaN)
          .value(name + "largest", stable[stable.length - 1], apart, Double.NaN);
    }
  }

  @Override
  protected String moreCriterion() {
    return "Edge of divergence, by bisection without noise: %s; continuous time has none. "
        .formatted(DivergenceEdge.criterion(0).text("edge", "(lambda k/2 - 1)"));
  }

  @Override
  protected List<Figure> figures(Result result) {
    OneDimension system = OneDimension.of(result.settings(), result.seed());
    List<Figure> figures = new ArrayList<>();
    String axis = "Momentum μ";
    for (String kind : List.of(LARGE, SMALL)) {
      double rate = result.settings().positive(key(kind));
      for (String noise : List.of(OneDimension.WHITE, OneDimension.MINI_BATCH)) {
        List<GridPoint> points = result.points(panel(noise, kind));
        String title = "λk = %s, %s noise".formatted(Plots.number(rate), noise);
        figures.add(
            system.variances(
                noise + "-" + key(kind), title, axis, points, mu -> new HeavyBallSgd(rate, mu)));
        if (noise.equals(OneDimension.MINI_BATCH)) {
          figures.add(
              system.gap(
                  noise + "-" + key(kind) + "-gap",
                  title + ": what C = K/S leaves open",
                  axis,
                  points,
                  mu -> new HeavyBallSgd(rate, mu)));
        }
      }
    }
    return figures;
  }

  private static String panel(String noise, String kind) {
    return noise + ", " + kind;
  }

  private static String key(String kind) {
    return kind.replace(' ', '-');
  }
}
