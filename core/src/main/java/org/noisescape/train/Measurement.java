package org.noisescape.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured at one point of a run.
 *
 * @param step steps done
 * @param epoch epochs done
 * @param replica number of the replica
 * @param values quantities by name, units in the names; missing ones are absent
 * @param histograms histograms by name
 */
public record Measurement(
    long step,
    double epoch,
    int replica,
    Map<String, Double> values,
    Map<String, Histogram> histograms) {
  /** Keeps the order of the quantities. */
  public Measurement {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    histograms = Collections.unmodifiableMap(new LinkedHashMap<>(histograms));
  }

  /** Without histograms. */
  public Measurement(long step, double epoch, int replica, Map<String, Double> values) {
    this(step, epoch, replica, values, Map.of());
  }

  /** Whether all is a number; a standard error may be undefined, a quantity itself may not. */
  boolean isFinite() {
    return values.entrySet().stream()
        .allMatch(q -> q.getKey().endsWith("standard_error") || Double.isFinite(q.getValue()));
  }
}
