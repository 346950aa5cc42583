package org.noisescape.spark.executor;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.plugin.PluginContext;

/**
 * What an executor asks the driver. A message is an array: its kind, then what the method of that
 * name says; answers that take the driver some time are asked for again.
 */
public final class DriverLink {
  /** Asks what the program is made of. */
  public static final String PROGRAM = "program";

  /** Asks for a part of a file of the program: entry, file, offset. */
  public static final String LIBRARY = "library";

  /** Asks to begin a cell: cell, attempt, executor, host, folder of its folder. */
  public static final String BEGIN = "begin";

  /** Asks for a part of a file of a cell's folder: cell, attempt, file, offset. */
  public static final String FETCH = "fetch";

  /** Hands over a part of a file: cell, attempt, file, offset, bytes. */
  public static final String STORE = "store";

  /** Says that all parts are there: cell, attempt, names, sizes, names of files that are gone. */
  public static final String KEEP = "keep";

  /** The same at the end of its process, with the exit code. */
  public static final String END = "end";

  /** Asks whether to go on: cell, attempt. */
  public static final String LOOK = "look";

  /** Says why no cell can run in this executor: host, line. */
  public static final String UNFIT = "unfit";

  /** Answer: not yet, ask again. */
  public static final String WAIT = "wait";

  /** Answer: nothing to run, or another attempt has taken the cell over. */
  public static final String NOTHING = "nothing";

  /** Answer: keep what there is, and end. */
  public static final String STOP = "stop";

  /** Answer: go on; or done. */
  public static final String GO = "go";

  /** Bytes of a part. */
  public static final int PART = 1 << 20;

  private static final long LONGEST_PAUSE_MILLIS = 500;

  private final PluginContext context;

  DriverLink(PluginContext context) {
    this.context = context;
  }

  /**
   * What the driver hands out of a cell.
   *
   * @param name of its folder
   * @param words after the program's name
   * @param names of the files its folder holds, as {@link FolderFiles} writes them
   * @param sizes of these, in bytes
   */
  record Order(String name, List<String> words, List<String> names, long[] sizes) {}

  /**
   * What a cell's process is made of.
   *
   * @param flags of the JVM
   * @param main class to start
   * @param java the oldest version of Java it runs on
   * @param entries of its class path
   */
  record Program(List<String> flags, String main, int java, List<Entry> entries) {}

  /**
   * An entry of the class path.
   *
   * @param path where the driver has it
   * @param names of its files within that folder; of a jar one empty name
   * @param sizes of the files, in bytes
   * @param digests of the files
   */
  record Entry(String path, List<String> names, long[] sizes, byte[][] digests) {}

  Program program() throws IOException, InterruptedException {
    Object[] answer = patiently(PROGRAM);
    Object[] entries = (Object[]) answer[4];
    return new Program(
        texts(answer[1]),
        (String) answer[2],
        (Integer) answer[3],
        Arrays.stream(entries)
            .map(Object[].class::cast)
            .map(e -> new Entry((String) e[0], texts(e[1]), (long[]) e[2], (byte[][]) e[3]))
            .toList());
  }

  byte[] library(int entry, int file, long offset) throws IOException, InterruptedException {
    return (byte[]) ask(LIBRARY, entry, file, offset);
  }

  /** The order of a cell; null where there is nothing to run. */
  Order begin(int cell, long attempt, String host, String folder)
      throws IOException, InterruptedException {
    Object[] answer = patiently(BEGIN, cell, attempt, context.executorID(), host, folder);
    return answer[0].equals(GO)
        ? new Order((String) answer[1], texts(answer[2]), texts(answer[3]), (long[]) answer[4])
        : null;
  }

  /** A part of a file; null where the attempt is no longer the cell's. */
  byte[] fetch(int cell, long attempt, String name, long offset)
      throws IOException, InterruptedException {
    return (byte[]) ask(FETCH, cell, attempt, name, offset);
  }

  /** Whether the driver still wants it. */
  boolean store(int cell, long attempt, String name, long offset, byte[] part)
      throws IOException, InterruptedException {
    return (Boolean) ask(STORE, cell, attempt, name, offset, part);
  }

  /** Whether the driver still wanted it. */
  boolean keep(int cell, long attempt, Map<String, Long> files, List<String> gone)
      throws IOException, InterruptedException {
    return patiently(KEEP, cell, attempt, names(files), sizes(files), gone.toArray(new String[0]))[
        0]
        .equals(GO);
  }

  /** Tells how the process ended, once all it left is at the driver. */
  void end(int cell, long attempt, Map<String, Long> files, List<String> gone, int exit)
      throws IOException, InterruptedException {
    patiently(END, cell, attempt, names(files), sizes(files), gone.toArray(new String[0]), exit);
  }

  /** {@link #GO}, {@link #STOP}, or {@link #NOTHING} where another attempt has the cell. */
  String look(int cell, long attempt) throws IOException, InterruptedException {
    return (String) ask(LOOK, cell, attempt);
  }

  void unfit(String host, String line) throws IOException, InterruptedException {
    ask(UNFIT, host, line);
  }

  private Object[] patiently(Object... message) throws IOException, InterruptedException {
    long pause = 2;
    while (true) {
      Object[] answer = (Object[]) ask(message);
      if (!answer[0].equals(WAIT)) {
        return answer;
      }
      Thread.sleep(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  private Object ask(Object... message) throws IOException, InterruptedException {
    try {
      return context.ask(message);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      Throwable first = e;
      while (first.getCause() != null) {
        first = first.getCause();
      }
      throw new IOException("the driver says: " + first.getMessage(), e);
    }
  }

  private static List<String> texts(Object array) {
    return List.of((String[]) array);
  }

  private static String[] names(Map<String, Long> files) {
    return files.keySet().toArray(new String[0]);
  }

  private static long[] sizes(Map<String, Long> files) {
    return files.values().stream().mapToLong(Long::longValue).toArray();
  }
}
