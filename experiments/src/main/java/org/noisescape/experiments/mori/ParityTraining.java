package org.noisescape.experiments.mori;

import static org.noisescape.experiments.frame.SettingRows.row;

import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.SettingRows;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.TrainingValues;
import org.noisescape.runs.TrainConfiguration;

/**
 * Even against odd digits by one output: targets ±1, mean-square loss, plain SGD from Glorot
 * initialisation. Source: Mori et al. (2022), sections 5.1 and 5.3.
 */
public final class ParityTraining {
  private ParityTraining() {}

  /**
   * Settings of the networks of appendix E, {@link #steps}.
   *
   * @param quickSteps of the pre-training in {@code quick}
   * @param quickEvery distance of its checkpoints
   */
  public static SettingRows rows(String quickSteps, String quickEvery) {
    return SettingRows.of(
        row("dataset", "data set", "digits:train=1000,test=0", "mnist"),
        row("subset", "the first so many training samples, or all", "1000", "10000"),
        row("model", "architecture", "mlp:10"),
        row("lr", "learning rate of the pre-training", "0.01"),
        row("batch", "mini-batch size of the pre-training", "100"),
        row("seeds", "independent runs from different initial weights", "5", "5", "10"),
        row("iterations", "steps of the pre-training", quickSteps, "100000"),
        row(
            "checkpoint-every",
            "distance in steps of checkpoints an interrupted run continues from",
            quickEvery,
            "10000"));
  }

  /** Steps of an epoch. */
  public static int stepsPerEpoch(Settings settings, int samples) {
    int used = settings.subset("subset", samples).orElse(samples);
    return Math.max(1, used / settings.integer("batch", 1));
  }

  /**
   * The training.
   *
   * @param settings all settings
   * @param request surroundings
   * @param samples training samples there are
   * @param epochs passes over the data
   * @param keptEvery distance of the checkpoints, which are kept
   */
  public static TrainConfiguration of(
      Settings settings, ExperimentRequest request, int samples, double epochs, String keptEvery) {
    return of(settings, settings.integer("seeds", 1), request, samples, epochs, keptEvery);
  }

  /**
   * A pre-training of so many steps as setting {@code iterations} says.
   *
   * @param seeds independent runs
   */
  public static TrainConfiguration steps(
      Settings settings, int seeds, ExperimentRequest request, int samples) {
    double epochs = (double) settings.integer("iterations", 1) / stepsPerEpoch(settings, samples);
    String keptEvery = Integer.toString(settings.integer("checkpoint-every", 1));
    return of(settings, seeds, request, samples, epochs, keptEvery);
  }

  private static TrainConfiguration of(
      Settings settings,
      int seeds,
      ExperimentRequest request,
      int samples,
      double epochs,
      String keptEvery) {
    return TrainingValues.of(settings, request, "")
        .data(samples)
        .network()
        .with("target", "parity")
        .with("loss", "mse")
        .with("epochs", epochs)
        .with("replicas", seeds)
        .with("checkpoint_every", keptEvery)
        .with("keep_checkpoints", true)
        .probes("log1.3", "noise")
        .configuration();
  }
}
