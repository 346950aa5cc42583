package org.noisescape.dynamics;

/**
 * How long an ensemble runs and what happens on the way.
 *
 * @param steps step limit: replicas that have not passed by then are censored
 * @param snapshotEvery steps between two snapshots of θ, 0 for none
 * @param checkpointEvery steps between two checkpoints, 0 for none but the one on stopping
 */
public record EnsembleSchedule(long steps, long snapshotEvery, long checkpointEvery) {
  /** Checks the numbers. */
  public EnsembleSchedule {
    if (steps < 0 || snapshotEvery < 0 || checkpointEvery < 0) {
      throw new IllegalArgumentException(
          "an ensemble's steps must be >= 0, got %d, snapshots every %d, checkpoints every %d"
              .formatted(steps, snapshotEvery, checkpointEvery));
    }
  }

  /** To a step limit, without snapshots. */
  public static EnsembleSchedule to(long steps) {
    return new EnsembleSchedule(steps, 0, 0);
  }

  /** With snapshots. */
  public EnsembleSchedule snapshots(long every) {
    return new EnsembleSchedule(steps, every, checkpointEvery);
  }
}
