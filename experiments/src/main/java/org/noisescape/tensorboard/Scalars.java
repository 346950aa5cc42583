package org.noisescape.tensorboard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured at one step of one replica.
 *
 * @param step steps done
 * @param replica number of the replica
 * @param values quantities by name, in the order they are written; what is no finite number is NaN
 */
public record Scalars(long step, int replica, Map<String, Double> values) {
  /** Copies the map, infinities to NaN, which is all that {@code metrics.jsonl} tells of them. */
  public Scalars {
    Map<String, Double> copy = new LinkedHashMap<>();
    values.forEach((name, value) -> copy.put(name, Double.isFinite(value) ? value : Double.NaN));
    values = Collections.unmodifiableMap(copy);
  }
}
