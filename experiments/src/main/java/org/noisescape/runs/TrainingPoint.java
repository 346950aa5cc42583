package org.noisescape.runs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.train.Measurement;

/**
 * Where a training is, and what was found there.
 *
 * @param step steps done
 * @param steps steps of the whole run
 * @param epoch epochs done
 * @param epochs of the whole run
 * @param batchLoss mean mini-batch loss of replica 0 since the point before; NaN where no step was
 *     done since
 * @param learningRate of the last step, or of the first where none is done
 * @param measured by name, the mean over replicas where there are several and the error s/√R then;
 *     empty where nothing was measured
 */
public record TrainingPoint(
    long step,
    long steps,
    double epoch,
    double epochs,
    double batchLoss,
    double learningRate,
    Map<String, Double> measured) {
  private static final String ERROR = "_standard_error";

  /** Keeps the order. */
  public TrainingPoint {
    measured = Collections.unmodifiableMap(new LinkedHashMap<>(measured));
  }

  /** Means over replicas, with standard errors of the means; of one replica what it measured. */
  static Map<String, Double> means(List<Measurement> replicas) {
    Map<String, Double> first = replicas.getFirst().values();
    if (replicas.size() == 1) {
      return first;
    }
    Map<String, Double> means = new LinkedHashMap<>();
    for (String name : first.keySet()) {
      if (!name.endsWith(ERROR)) {
        double[] values =
            replicas.stream()
                .mapToDouble(each -> each.values().getOrDefault(name, Double.NaN))
                .toArray();
        ReplicaMean mean = ReplicaMean.of(values);
        means.put(name, mean.mean());
        means.put(name + ERROR, mean.standardError());
      }
    }
    return means;
  }
}
