package org.noisescape.tensorboard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.noisescape.train.Histogram;

/**
 * What was measured at one step of one replica.
 *
 * @param step steps done
 * @param replica number of the replica
 * @param values quantities by name, in the order they are written; what is no finite number is NaN
 * @param histograms histograms of one axis by name
 */
public record Scalars(
    long step, int replica, Map<String, Double> values, Map<String, Histogram> histograms) {
  /** Copies the map, infinities to NaN, which is all that {@code metrics.jsonl} tells of them. */
  public Scalars {
    Map<String, Double> copy = new LinkedHashMap<>();
    values.forEach((name, value) -> copy.put(name, Double.isFinite(value) ? value : Double.NaN));
    values = Collections.unmodifiableMap(copy);
    histograms = Collections.unmodifiableMap(new LinkedHashMap<>(histograms));
  }

  /** Without histograms. */
  public Scalars(long step, int replica, Map<String, Double> values) {
    this(step, replica, values, Map.of());
  }
}
