package org.noisescape.train;

import java.util.List;

/** What a trainer tells the outside. */
public sealed interface TrainingEvent {
  /**
   * Memory is planned, nothing is allocated yet.
   *
   * @param bytes engine memory of the run
   * @param heapBytes what parameters and checkpoints take of the Java heap at their most
   */
  record MemoryPlanned(long bytes, long heapBytes) implements TrainingEvent {}

  /**
   * Steps went by.
   *
   * @param step steps done
   * @param steps steps of the whole run
   * @param batchLoss mean mini-batch loss of replica 0 since the last such event
   * @param stepsPerEpoch steps of one epoch
   */
  record Progress(long step, long steps, double batchLoss, int stepsPerEpoch)
      implements TrainingEvent {}

  /**
   * Probes begin to measure, which may take long.
   *
   * @param step steps done
   * @param steps steps of the whole run
   */
  record Measuring(long step, long steps) implements TrainingEvent {}

  /**
   * A point of the schedule was measured.
   *
   * @param measurements one a replica
   */
  record Measured(List<Measurement> measurements) implements TrainingEvent {}

  /**
   * A checkpoint is due.
   *
   * @param state θ, optimizer state and step
   */
  record CheckpointDue(TrainingState state) implements TrainingEvent {}

  /**
   * The measurement that was just told is the best so far of the quantity that decides on that.
   *
   * @param state θ, optimizer state and step
   * @param standing the quantity and its value
   */
  record BestFound(TrainingState state, Standing standing) implements TrainingEvent {}

  /**
   * The loss or a parameter is no finite number any more, or the loss has left all bounds (more
   * than a million times the first one, and than 1); the run stops.
   *
   * @param step it happened in one of the steps up to here
   * @param since steps done when all was last seen finite
   * @param replica first replica it happened to
   * @param loss of that replica, where it is a number that has left all bounds, else NaN
   */
  record Diverged(long step, long since, int replica, double loss) implements TrainingEvent {
    /** Where something is no finite number. */
    public Diverged(long step, long since, int replica) {
      this(step, since, replica, Double.NaN);
    }

    /** Whether all was finite, and the loss more than a million times the first one. */
    public boolean exploded() {
      return !Double.isNaN(loss);
    }
  }

  /**
   * The run is over.
   *
   * @param step steps done
   * @param outcome why it ended
   * @param standings how the rules for the end stand, then what decides on the best state
   */
  record Finished(long step, Outcome outcome, List<Standing> standings) implements TrainingEvent {
    /** Keeps a list of its own. */
    public Finished {
      standings = List.copyOf(standings);
    }

    /** Where nothing was watched. */
    public Finished(long step, Outcome outcome) {
      this(step, outcome, List.of());
    }
  }

  /** Why a run ended. */
  enum Outcome {
    /** All steps were done, or a rule for the end applied. */
    COMPLETED,
    /** The loss or a parameter left the finite numbers, or the loss all bounds. */
    DIVERGED,
    /** Asked to stop. */
    STOPPED
  }

  /** Receives events, on the training thread. */
  @FunctionalInterface
  interface Listener {
    /** Takes one event. */
    void accept(TrainingEvent event);
  }
}
