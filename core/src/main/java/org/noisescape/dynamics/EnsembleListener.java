package org.noisescape.dynamics;

/** Hears how an ensemble is coming on; called on the thread that drives it. */
public interface EnsembleListener {
  /** Hears nothing. */
  EnsembleListener SILENT = new EnsembleListener() {};

  /**
   * How far an ensemble is.
   *
   * @param step steps done
   * @param steps step limit
   * @param finished replicas at rest
   * @param replicas R
   * @param rate replica-steps a second in this sitting
   * @param secondsLeft until the step limit, if all that run now go on running
   */
  record Progress(
      long step, long steps, int finished, int replicas, double rate, double secondsLeft) {}

  /** Steps were done. */
  default void progressed(Progress progress) {}

  /**
   * A snapshot is due.
   *
   * @param step steps done
   * @param theta θ (R, P), entry (r, i) at r·P + i
   */
  default void snapshot(long step, double[] theta) {}

  /** A checkpoint is due; also when the ensemble was asked to stop. */
  default void checkpoint(ReplicaState state) {}
}
