package org.noisescape.experiments.mori.noise;

import java.util.List;
import java.util.Map;
import org.noisescape.report.Metrics;

/**
 * Loss and noise of one network at one time, over the whole training set.
 *
 * @param step steps done
 * @param epoch epochs done
 * @param loss L
 * @param lossError sampling error of L
 * @param noise 𝒩 = tr S
 * @param noiseError sampling error of 𝒩
 * @param gradientNormSquared ‖∇L‖²
 * @param trainAccuracy fraction of the training samples classified correctly
 * @param testAccuracy the same of the test samples, NaN without a test set
 * @param wrong what the other training samples carry
 */
record NoisePoint(
    long step,
    double epoch,
    double loss,
    double lossError,
    double noise,
    double noiseError,
    double gradientNormSquared,
    double trainAccuracy,
    double testAccuracy,
    WrongShares wrong) {

  /** The points of a run that have a loss and a noise strength above zero, in order of time. */
  static List<NoisePoint> of(Metrics metrics) {
    return metrics.rows().stream()
        .map(
            row ->
                new NoisePoint(
                    row.get("step").longValue(),
                    get(row, "epoch"),
                    get(row, "train_loss"),
                    get(row, "train_loss_standard_error"),
                    get(row, "noise_strength"),
                    get(row, "noise_strength_standard_error"),
                    get(row, "gradient_norm_squared"),
                    get(row, "train_accuracy"),
                    get(row, "test_accuracy"),
                    new WrongShares(
                        get(row, "wrong_samples"),
                        get(row, "wrong_loss_share"),
                        get(row, "wrong_gradient_share"))))
        .filter(point -> point.loss > 0 && point.noise > 0)
        .toList();
  }

  private static double get(Map<String, Double> row, String name) {
    return row.getOrDefault(name, Double.NaN);
  }
}
