package org.noisescape.sweep;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
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
 * <p>The process is this JVM once more: its flags, class path, environment, and thus the thread
 * settings of the launcher. It is asked to stop by SIGTERM. Its standard input is a pipe of which
 * this process holds the other end, so that it learns of the end of this process, also of a sudden
 * one ({@link #ENVIRONMENT}).
 *
 * @param subject knows the words of a cell
 * @param main class to start
 */
public record CellProcess(CellSubject subject, String main) implements CellRunner {
  /** Set in a cell's process: stop when standard input ends. */
  public static final String ENVIRONMENT = "NOISESCAPE_CELL";

  private static final long LOOK_MILLIS = 100;

  @Override
  public int run(Cell cell, CellFolder folder, BooleanSupplier stop) throws IOException {
    List<String> words = jvm(main);
    words.addAll(subject.commandLine(cell, folder.path(), folder.begun()));
    ProcessBuilder builder = new ProcessBuilder(words);
    Map<String, String> environment = builder.environment();
    environment.put(ENVIRONMENT, "1");
    environment.put("NOISESCAPE_TTY", "0");
    // the output of a cell is its log
    environment.remove("NOISESCAPE_OUTPUT");
    // a log of its own: what stood there, a link too, is replaced
    Files.deleteIfExists(folder.log());
    builder.redirectErrorStream(true).redirectOutput(folder.log().toFile());
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

  /** The command that starts a class in a JVM like this one. */
  private static List<String> jvm(String main) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // an agent of this process, such as a debugger, may hold what a second one would need
      if (!flag.startsWith("-agentlib:") && !flag.startsWith("-javaagent:")) {
        words.add(flag);
      }
    }
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    return words;
  }
}
