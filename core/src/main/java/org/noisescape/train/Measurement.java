package org.noisescape.train;

import java.util.Map;

/**
 * What was measured at one point of a run.
 *
 * @param step steps done
 * @param epoch epochs done
 * @param replica number of the replica
 * @param values quantities by name, units in the names; missing ones are absent
 */
public record Measurement(long step, double epoch, int replica, Map<String, Double> values) {
  /** Keeps the order of the quantities. */
  public Measurement {
    values = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(values));
  }

  /** Whether all is a number; a standard error may be undefined, a quantity itself may not. */
  boolean isFinite() {
    return values.entrySet().stream()
        .allMatch(q -> q.getKey().endsWith("standard_error") || Double.isFinite(q.getValue()));
  }
}
