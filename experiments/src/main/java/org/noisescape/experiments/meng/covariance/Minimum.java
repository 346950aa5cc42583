package org.noisescape.experiments.meng.covariance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noisescape.datasets.Dataset;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.report.Metrics;

/**
 * Where gradient descent of one seed first had at most the target loss, or where it ended.
 *
 * @param seed replica
 * @param step steps of gradient descent
 * @param loss L there
 * @param accuracy of the training samples
 * @param converged whether L is at most the target
 */
record Minimum(int seed, long step, double loss, double accuracy, boolean converged) {
  /**
   * Looks through the losses of a descent.
   *
   * @param stage its folder, with a checkpoint at every loss after the first
   * @param seeds R
   * @param target loss
   */
  static List<Minimum> find(Path stage, int seeds, double target) {
    List<Metrics> replicas = Metrics.read(stage);
    List<Minimum> minima = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      List<Map<String, Double>> rows =
          replicas.get(seed).rows().stream().filter(row -> row.get("step") > 0).toList();
      int at = rows.size() - 1;
      for (int i = rows.size() - 1; i >= 0; i--) {
        at = rows.get(i).get("train_loss") <= target ? i : at;
      }
      Map<String, Double> row = rows.get(at);
      double loss = row.get("train_loss");
      minima.add(
          new Minimum(
              seed, row.get("step").longValue(), loss, row.get("train_accuracy"), loss <= target));
    }
    return minima;
  }

  /**
   * Looks whether a model has layers of those names.
   *
   * @param key setting that names them
   * @throws IllegalArgumentException in one line where it has not
   */
  static void requireLayers(String key, String model, Dataset train, List<String> layers) {
    Network network = ModelZoo.build(model, train.imageShape(), train.classes());
    List<String> there = LayerSlice.of(network).stream().map(LayerSlice::name).toList();
    if (!there.containsAll(layers)) {
      throw new IllegalArgumentException(
          "--set %s=%s: %s has the layers %s"
              .formatted(key, String.join(",", layers), model, String.join(",", there)));
    }
  }
}
