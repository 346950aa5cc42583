package org.noisescape.dynamics;

/**
 * R replicas of one dynamics that advance together, each until it has passed its last threshold.
 *
 * <p>A first passage is the first step k ≥ 0, among those looked at, after which the observed
 * quantity (the loss, unless a program says otherwise) is above a threshold; a quantity that is no
 * number counts as above all of them. Every {@link #lookEvery} steps the program looks.
 */
public interface ReplicaProgram extends AutoCloseable {
  /** Number of replicas R. */
  int replicas();

  /** Number of parameters P of one replica. */
  int parameters();

  /** Thresholds, ascending; none where nothing is detected. */
  double[] thresholds();

  /** Steps between two looks at the observed quantity. */
  int lookEvery();

  /** Steps done by the replicas that are not at rest. */
  long step();

  /** Replicas that still move. */
  int running();

  /** Steps done by all replicas together since the program was made. */
  long replicaSteps();

  /** Changes η from the next step on; not part of the state. */
  void learningRate(double rate);

  /**
   * Advances all replicas that are not at rest.
   *
   * @param target step to go to, at least {@link #step}
   */
  void advance(long target);

  /** θ (R, P), entry (r, i) at r·P + i; of a replica at rest, as it was when it came to rest. */
  double[] theta();

  /** All that is needed to go on. */
  ReplicaState state();

  /**
   * Goes on from a state of the same program.
   *
   * @throws IllegalArgumentException for a state of another shape
   */
  void restore(ReplicaState state);

  @Override
  void close();
}
