package org.noisescape.cells.slurm;

import java.util.HashSet;
import java.util.Set;

/**
 * One look at the queue.
 *
 * @param pending tasks that wait
 * @param running tasks that run, or whose node is still cleaning up after them
 * @param why why those that wait do, in Slurm's word; often empty
 */
record QueueLook(Set<Integer> pending, Set<Integer> running, String why) {
  /** What squeue is asked for of each line. */
  static final String FORMAT = "%K|%t|%r";

  private static final String WAITS = "PD";

  QueueLook {
    pending = Set.copyOf(pending);
    running = Set.copyOf(running);
  }

  /** Reads what squeue said in {@link #FORMAT}. */
  static QueueLook parse(String text) {
    Set<Integer> pending = new HashSet<>();
    Set<Integer> running = new HashSet<>();
    String why = "";
    for (String line : text.lines().toList()) {
      String[] fields = line.strip().split("\\|", -1);
      if (fields.length < 3) {
        continue;
      }
      boolean waits = fields[1].equals(WAITS);
      add(fields[0], waits ? pending : running);
      why = waits ? fields[2] : why;
    }
    return new QueueLook(pending, running, why);
  }

  /** Adds the tasks of {@code 3}, {@code 1-4,7}, {@code 1-9:2}, {@code [5-100%2]}. */
  private static void add(String tasks, Set<Integer> to) {
    String list = tasks.replaceAll("[\\[\\]]|%.*", "");
    for (String part : list.split(",")) {
      if (part.matches("\\d{1,9}(-\\d{1,9}(:\\d{1,9})?)?")) {
        String[] ends = part.split("[-:]");
        int first = Integer.parseInt(ends[0]);
        int last = ends.length > 1 ? Integer.parseInt(ends[1]) : first;
        int step = ends.length > 2 ? Math.max(1, Integer.parseInt(ends[2])) : 1;
        for (int task = first; task <= last; task += step) {
          to.add(task);
        }
      }
    }
  }
}
