package org.noisescape.dynamics;

import java.util.Optional;

/**
 * How long an ensemble runs and what happens on the way.
 *
 * @param steps step limit: replicas that have not passed by then are censored
 * @param snapshotEvery steps between two snapshots of θ, 0 for none
 * @param checkpointEvery steps between two checkpoints, 0 for none but the one on stopping
 * @param ramp learning rate over the steps; empty for the one of the program
 */
public record EnsembleSchedule(
    long steps, long snapshotEvery, long checkpointEvery, Optional<RateRamp> ramp) {
  /** Checks the numbers. */
  public EnsembleSchedule {
    if (steps < 0 || snapshotEvery < 0 || checkpointEvery < 0) {
      throw new IllegalArgumentException(
          "an ensemble's steps must be >= 0, got %d, snapshots every %d, checkpoints every %d"
              .formatted(steps, snapshotEvery, checkpointEvery));
    }
  }

  /** At the learning rate of the program. */
  public EnsembleSchedule(long steps, long snapshotEvery, long checkpointEvery) {
    this(steps, snapshotEvery, checkpointEvery, Optional.empty());
  }

  /** To a step limit, without snapshots. */
  public static EnsembleSchedule to(long steps) {
    return new EnsembleSchedule(steps, 0, 0);
  }

  /** With snapshots. */
  public EnsembleSchedule snapshots(long every) {
    return new EnsembleSchedule(steps, every, checkpointEvery, ramp);
  }

  /** With a learning rate that rises. */
  public EnsembleSchedule ramped(RateRamp rates) {
    return new EnsembleSchedule(steps, snapshotEvery, checkpointEvery, Optional.of(rates));
  }
}
