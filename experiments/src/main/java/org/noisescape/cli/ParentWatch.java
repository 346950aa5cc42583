package org.noisescape.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.noisescape.cells.CellProcess;

/**
 * Ends a sweep's cell when the sweep is gone: its process holds the other end of standard input,
 * which the system closes however it dies.
 */
final class ParentWatch {
  private ParentWatch() {}

  /**
   * Begins to watch where this process is a cell.
   *
   * @param stop done once the other end is gone, on a thread of its own
   */
  static void begin(Map<String, String> environment, InputStream input, Runnable stop) {
    if (environment.containsKey(CellProcess.ENVIRONMENT)) {
      Thread.ofPlatform().daemon().name("parent-watch").start(() -> await(input, stop));
    }
  }

  private static void await(InputStream input, Runnable stop) {
    try {
      input.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      // an end of another kind
      stop.run();
      return;
    }
    stop.run();
  }
}
