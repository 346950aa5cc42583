package org.noisescape.cells;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs a cell in a process of its own, so that what goes wrong there, memory that runs out and a
 * crash in native code among it, ends that cell only.
 *
 * <p>The process is this JVM once more, with its environment. It is asked to stop by SIGTERM. Its
 * standard input is a pipe of which this process holds the other end, so that it learns of the end
 * of this process, also of a sudden one ({@link #ENVIRONMENT}).
 *
 * @param java starts the program
 */
public record CellProcess(JavaCommand java) implements LocalRunner.OneCell {
  /** Set in a cell's process: stop when standard input ends. */
  public static final String ENVIRONMENT = "NOISESCAPE_CELL";

  private static final long LOOK_MILLIS = 100;

  @Override
  public int run(CellTask task, CellSlot slot, BooleanSupplier stop) throws IOException {
    List<String> words = new ArrayList<>(slot.before());
    words.addAll(java.words());
    words.addAll(task.words());
    return run(words, slot.environment(), task.folder().log(), stop);
  }

  /**
   * Runs a process as that of a cell.
   *
   * @param environment what differs from this process's
   * @param log takes what it writes
   * @param stop asked now and then whether it is to end
   * @return its exit code
   */
  public static int run(
      List<String> words, Map<String, String> environment, Path log, BooleanSupplier stop)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    builder.environment().put(ENVIRONMENT, "1");
    builder.environment().put("NOISESCAPE_TTY", "0");
    // the output of a cell is its log
    builder.environment().remove("NOISESCAPE_OUTPUT");
    // a log of its own: what stood there, a link too, is replaced
    Files.deleteIfExists(log);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    try {
      boolean asked = false;
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (!asked && stop.getAsBoolean()) {
          process.destroy();
          asked = true;
        }
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }
}
