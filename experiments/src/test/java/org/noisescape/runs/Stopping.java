package org.noisescape.runs;

import java.util.List;
import org.noisescape.datasets.DataLocation;
import org.noisescape.runs.TrainingSession.Surroundings;

/**
 * Sittings of a run that are stopped, each after more questions than the one before: measurements
 * ask too, and one that is stopped at its first question gets nowhere.
 */
final class Stopping {
  private final DataLocation data;
  private final int more;
  private int most;

  /**
   * Before the first sitting.
   *
   * @param more questions that a sitting is asked beyond those of the one before
   */
  Stopping(DataLocation data, int more) {
    this.data = data;
    this.more = more;
  }

  /** The next sitting. */
  Surroundings next() {
    most += more;
    int limit = most;
    int[] asked = {0};
    return new Surroundings(
        data, List.of(), ProgressListener.SILENT, line -> {}, () -> ++asked[0] > limit);
  }
}
