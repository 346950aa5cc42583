package org.noisescape.cells.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How many short cells a task runs one after another: Slurm starts a task seconds after another has
 * ended (its {@code batch_sched_delay} is 3 s where a site has not changed it), so that tasks of a
 * second would leave processors idle most of the time.
 */
final class Packing {
  /** Seconds from which on a cell is long enough to be a task. */
  private static final double SHORT = 20;

  /** Seconds of a task of short cells. */
  private static final double TASK = 60;

  /** Tasks that each of those that run at once should still have before it, for an even end. */
  private static final int ROUNDS = 4;

  /** Cells to have seen. */
  private static final int SEEN = 2;

  private final List<Double> seconds = new ArrayList<>();

  /** A cell came to its end. */
  void ran(long duration) {
    // whole seconds are known
    seconds.add(Math.max(1.0, duration));
  }

  /**
   * Cells of a task, for those that wait.
   *
   * @param waiting cells
   * @param running tasks at once
   * @param limit of a task in seconds, where known
   * @return 1 where a task a cell is as good
   */
  int perTask(int waiting, int running, OptionalLong limit) {
    if (seconds.size() < SEEN) {
      return 1;
    }
    double mean = seconds.stream().mapToDouble(x -> x).average().orElse(SHORT);
    if (mean >= SHORT) {
      return 1;
    }
    double most = Math.min(TASK, limit.orElse(Long.MAX_VALUE) / 2.0);
    int even = waiting / (ROUNDS * Math.max(1, running));
    return Math.max(1, Math.min((int) (most / mean), even));
  }
}
