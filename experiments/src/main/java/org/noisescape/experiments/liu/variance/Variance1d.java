package org.noisescape.experiments.liu.variance;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.experiments.liu.stationary.OneDimension;
import org.noisescape.experiments.liu.stationary.StationaryCase;
import org.noisescape.experiments.liu.stationary.StationaryExperiment;
import org.noisescape.report.Figure;
import org.noisescape.theory.liu.HeavyBallSgd;

/**
 * Stationary variance of one parameter against λk, without momentum.
 *
 * <p>Source: Liu et al. (2021), sections 5.1 and 5.2, Fig. 2. Beyond the text: its mini-batch
 * formula takes C = K/S; the exact noise of the samples makes up for what remains.
 */
public final class Variance1d extends StationaryExperiment {
  /** The experiment. */
  public Variance1d() {
    super(
        "liu/variance-1d",
        "The variance of SGD diverges at learning rate 2/k, which continuous time does not see",
        "Liu, Ziyin, Ueda (2021), sections 5.1 and 5.2, Fig. 2",
        "variance",
        4000,
        row(
            "white-rates",
            "learning rates times k, white noise",
            "0.1,0.25,0.5,0.75,1,1.25,1.5,1.7,1.8,1.9,1.95"),
        row(
            "rates",
            "learning rates times k, mini-batch noise",
            "0.1,0.25,0.5,0.75,1,1.25,1.5,1.7,1.8"),
        row("samples", "N of the regression", "1000"),
        row("batch", "S, drawn with replacement", "100"));
  }

  @Override
  protected List<StationaryCase> cases(Settings settings, long seed) {
    OneDimension system = OneDimension.of(settings, seed);
    List<StationaryCase> cases = new ArrayList<>();
    for (double x : settings.positives("white-rates")) {
      cases.add(OneDimension.white(OneDimension.WHITE, x, 0, x));
    }
    for (double x : settings.positives("rates")) {
      cases.add(system.miniBatch(OneDimension.MINI_BATCH, x, 0, x));
    }
    return cases;
  }

  @Override
  protected List<Figure> figures(Result result) {
    OneDimension system = OneDimension.of(result.settings(), result.seed());
    String axis = "Learning rate λk";
    List<GridPoint> batches = result.points(OneDimension.MINI_BATCH);
    return List.of(
        system.variances(
            "white", "(a) White noise", axis, result.points(OneDimension.WHITE), HeavyBallSgd::sgd),
        system.variances("mini-batch", "(b) Mini-batch noise", axis, batches, HeavyBallSgd::sgd),
        system.gap(
            "mini-batch-gap", "(c) What C = K/S leaves open", axis, batches, HeavyBallSgd::sgd));
  }
}
