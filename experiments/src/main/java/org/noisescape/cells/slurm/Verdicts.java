package org.noisescape.cells.slurm;

import java.util.List;
import java.util.Optional;

/**
 * What of a task's end is a failure of its cells.
 *
 * @param array of the tasks
 * @param options that were asked for
 */
record Verdicts(SlurmArray array, SlurmOptions options) {
  /**
   * How a cell failed that has not come to its own end.
   *
   * @param record what its task wrote
   * @param state what Slurm knows of the task
   * @return lines for the cell; empty where it was cut off by no fault of its own
   */
  Optional<List<String>> failure(int task, String cell, TaskRecord record, TaskState state) {
    String node = state.node().isEmpty() ? record.node() : state.node();
    boolean begun = record.begun().containsKey(cell);
    if (begun && (state.outOfMemory() || record.outOfMemory())) {
      String had =
          options
              .given("mem")
              .map(mem -> "more memory than mem=" + mem)
              .orElse("memory, as mem=8G,");
      return Optional.of(
          List.of(
              "error: out of memory on %s, where Slurm ended it: ask for %s with --on slurm:mem=…"
                  .formatted(node, had)));
    }
    if (!record.job().isEmpty() || begun) {
      return Optional.empty();
    }
    if (state.notLaunched()) {
      return Optional.of(
          List.of(
              "error: the node %s could not begin it: %s must be there under the same path, and its"
                      .formatted(node, array.folder())
                  + " owner able to write"));
    }
    return state.name().equals("FAILED")
        ? Optional.of(
            List.of(
                "error: %s on the node %s before it began, exit code %s: see %s"
                    .formatted(state.words(), node, state.exit(), array.record(task))))
        : Optional.empty();
  }
}
