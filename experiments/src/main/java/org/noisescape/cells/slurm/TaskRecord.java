package org.noisescape.cells.slurm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a task of an array wrote about its cells.
 *
 * @param job number of the array at Slurm; empty where the task has not begun
 * @param node where it ran
 * @param begun seconds since 1970 by cell
 * @param ended by cell
 * @param over whether it came to its end by itself
 * @param outOfMemory whether Slurm wrote that it used too much
 */
record TaskRecord(
    String job,
    String node,
    Map<String, Long> begun,
    Map<String, End> ended,
    boolean over,
    boolean outOfMemory) {
  /** Of a task that has not begun. */
  static final TaskRecord NONE = new TaskRecord("", "", Map.of(), Map.of(), false, false);

  private static final Pattern TASK = Pattern.compile("task \\d+ job (\\S+) node (\\S+)");
  private static final Pattern BEGIN = Pattern.compile("begin (\\S+) (\\d{1,18})");
  private static final Pattern END = Pattern.compile("end (\\S+) (\\d{1,9}) (\\d{1,18})");
  private static final String SLURM = "slurmstepd";
  private static final Pattern MEMORY = Pattern.compile("(?i)oom.?kill|memory limit|out of memory");

  /**
   * How a cell ended.
   *
   * @param exit exit code, 128 + the number of a signal
   * @param seconds since 1970
   */
  record End(int exit, long seconds) {}

  /** Reads what is there; a line that is not written to its end is none. */
  static TaskRecord parse(String text) {
    String job = "";
    String node = "";
    boolean outOfMemory = false;
    boolean over = false;
    Map<String, Long> begun = new LinkedHashMap<>();
    Map<String, End> ended = new LinkedHashMap<>();
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    for (String line : whole.lines().toList()) {
      Matcher task = TASK.matcher(line);
      Matcher begin = BEGIN.matcher(line);
      Matcher end = END.matcher(line);
      if (task.matches()) {
        job = task.group(1);
        node = task.group(2);
      } else if (begin.matches()) {
        begun.put(begin.group(1), Long.parseLong(begin.group(2)));
      } else if (end.matches()) {
        ended.put(
            end.group(1), new End(Integer.parseInt(end.group(2)), Long.parseLong(end.group(3))));
      } else if (line.equals("over")) {
        over = true;
      } else if (line.startsWith(SLURM)) {
        outOfMemory |= MEMORY.matcher(line).find();
      }
    }
    return new TaskRecord(job, node, begun, ended, over, outOfMemory);
  }

  /** How long a cell ran, in seconds, where it came to its end. */
  Optional<Long> seconds(String cell) {
    return begun.containsKey(cell) && ended.containsKey(cell)
        ? Optional.of(ended.get(cell).seconds() - begun.get(cell))
        : Optional.empty();
  }
}
