package org.noisescape.dynamics;

/**
 * Everything that decides an ensemble, some replicas of which can be run on their own: on another
 * machine, or at another time.
 *
 * @param <P> the plan
 */
public interface ReplicaPlan<P extends ReplicaPlan<P>> {
  /** R. */
  int replicas();

  /** Levels whose first passages are detected; none to detect nothing. */
  double[] thresholds();

  /**
   * Some of the replicas. Each goes the same way as in the whole, to the last bit on one kind of
   * machine.
   *
   * @param first of them, from 0
   * @param count of them, at least 1
   */
  P part(int first, int count);

  /**
   * Numbers that differ where plans differ, as far as numbers tell: what was computed for one plan
   * is thereby not taken for another.
   */
  double[] signature();

  /** Throws unless a plan has the replicas of a part. */
  static void requirePart(int replicas, int first, int count) {
    if (first < 0 || count < 1 || count > replicas - first) {
      throw new IllegalArgumentException(
          "an ensemble of %d replicas has no %d of them from %d on"
              .formatted(replicas, count, first));
    }
  }
}
