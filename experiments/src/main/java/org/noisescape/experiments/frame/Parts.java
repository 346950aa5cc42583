package org.noisescape.experiments.frame;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many parts of each kind a run of an experiment goes through, for its progress: each training,
 * each ensemble, and each measurement that is kept by itself, but what happens within another part.
 *
 * @param training how many trainings
 * @param ensemble how many ensembles
 * @param measurement how many measurements
 */
public record Parts(int training, int ensemble, int measurement) {
  /** Nobody knows beforehand. */
  public static final Parts UNKNOWN = new Parts(0, 0, 0);

  /** So many trainings besides. */
  public Parts trainings(int count) {
    return new Parts(count, ensemble, measurement);
  }

  /** So many ensembles besides. */
  public Parts ensembles(int count) {
    return new Parts(training, count, measurement);
  }

  /** So many measurements besides. */
  public Parts measurements(int count) {
    return new Parts(training, ensemble, count);
  }

  /** Kind → how many, of those there are. */
  Map<String, Integer> counts() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put(PartProgress.TRAINING, training);
    counts.put(PartProgress.ENSEMBLE, ensemble);
    counts.put(PartProgress.MEASUREMENT, measurement);
    counts.values().removeIf(count -> count == 0);
    return counts;
  }
}
