package org.noisescape.cells.slurm;

import java.util.HashMap;
import java.util.Map;

/**
 * What Slurm knows of a task that is over, as long as it remembers.
 *
 * @param name of the state, such as {@code NODE_FAIL}
 * @param reason its reason, such as {@code JobLaunchFailure}
 * @param exit {@code CODE:SIGNAL} of the script
 * @param node where it ran
 */
record TaskState(String name, String reason, String exit, String node) {
  /** Where Slurm does not remember, or the task was cancelled before it began. */
  static final TaskState UNKNOWN = new TaskState("", "", "", "");

  /**
   * Reads what {@code scontrol --oneliner show job} says of an array.
   *
   * @return by number of the task
   */
  static Map<Integer, TaskState> parse(String text) {
    Map<Integer, TaskState> states = new HashMap<>();
    for (String line : text.lines().toList()) {
      Map<String, String> fields = new HashMap<>();
      for (String word : line.split(" ")) {
        int equals = word.indexOf('=');
        if (equals > 0) {
          fields.putIfAbsent(word.substring(0, equals), word.substring(equals + 1));
        }
      }
      String task = fields.getOrDefault("ArrayTaskId", "");
      if (task.matches("[0-9]{1,9}")) {
        states.put(
            Integer.parseInt(task),
            new TaskState(
                fields.getOrDefault("JobState", ""),
                fields.getOrDefault("Reason", ""),
                fields.getOrDefault("ExitCode", ""),
                fields.getOrDefault("BatchHost", fields.getOrDefault("NodeList", ""))));
      }
    }
    return states;
  }

  /** Whether the script came to its end by itself, so that its last line is written. */
  boolean scriptEnded() {
    return exit.matches("\\d+:0") && (name.equals("COMPLETED") || name.equals("FAILED"));
  }

  /** Whether memory ran out. */
  boolean outOfMemory() {
    return name.equals("OUT_OF_MEMORY");
  }

  /** Whether the script could not begin where it was to run. */
  boolean notLaunched() {
    return exit.equals("0:53") || exit.equals(ArrayScript.BLIND + ":0");
  }

  /** In words. */
  String words() {
    if (exit.endsWith(":9")) {
      return "killed";
    }
    return name.isEmpty()
        ? "Slurm says nothing of it"
        : name + (reason.isEmpty() || reason.equals("None") ? "" : " (" + reason + ")");
  }
}
