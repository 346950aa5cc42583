package org.noisescape.spark.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.CellWatch;
import org.noisescape.files.FileErrors;

/**
 * Says how processes of cells ended, and where what they say does not tell.
 *
 * @param watch told of it
 * @param stopping whether all is to stop
 * @param stop stops all, with a line that says why
 */
record CellEnds(CellWatch watch, BooleanSupplier stopping, Consumer<String> stop) {
  /** 128 + SIGKILL. */
  private static final int KILLED = 137;

  /** Exit code of what cannot run as it was asked for, or not there. */
  private static final int WRONG_USE = 2;

  /**
   * Says how a process ended whose folder has come back.
   *
   * @param host where it ran
   */
  void tell(CellTask task, int exit, String host) {
    try {
      if (stopping.getAsBoolean() || task.folder().state().finished()) {
        watch.ended(task, exit);
        return;
      }
      List<String> lines = new ArrayList<>(task.folder().logged());
      if (exit == KILLED) {
        // not as 137: nobody but the system sends this signal
        lines.add(
            "error: ended by signal 9 on %s, as systems do where memory runs out".formatted(host));
        watch.failed(task, -1, lines);
      } else if (exit == WRONG_USE) {
        lines.replaceAll(line -> line.startsWith("error: ") ? line + " (on " + host + ")" : line);
        watch.failed(task, exit, lines);
      } else {
        watch.ended(task, exit);
      }
    } catch (RuntimeException e) {
      stop.accept(FileErrors.line(e));
    }
  }
}
