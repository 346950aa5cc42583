package org.noisescape.spark.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.noisescape.spark.executor.FolderFiles.Stamp;

/**
 * A cell in an executor: its folder is brought over as the driver has it, its process runs, and
 * what it leaves goes back, now and then while it runs and all of it at its end.
 */
final class HostedCell {
  /** How often the driver is asked whether to go on. */
  private static final long LOOK_MILLIS = 1000;

  /** At most this part of the time goes into handing over what is not yet the end. */
  private static final double SHARE = 0.05;

  private final CellHost host;
  private final DriverLink link;
  private final int cell;
  private final long attempt;
  private Path place;
  private FolderFiles files;
  private Map<String, Stamp> known = Map.of();

  HostedCell(CellHost host, int cell, long attempt) {
    this.host = host;
    this.link = host.link();
    this.cell = cell;
    this.attempt = attempt;
  }

  /**
   * Runs it.
   *
   * @param java words that start the program
   * @param environment what differs from that of the executor
   */
  void run(List<String> java, Map<String, String> environment)
      throws IOException, InterruptedException {
    place = Files.createDirectory(host.scratch().resolve("cell-" + cell + "-" + attempt));
    files = new FolderFiles(place);
    try {
      DriverLink.Order order = link.begin(cell, attempt, host.host(), place.toString());
      if (order == null || !bring(order)) {
        return;
      }
      known = files.scan();
      List<String> words = new ArrayList<>(java);
      words.addAll(order.words());
      int exit = process(words, environment, place.resolve(order.name() + ".log"));
      if (exit >= 0) {
        handOver(exit);
      }
    } finally {
      FolderFiles.remove(place);
    }
  }

  /** Brings the folder over; false where another attempt has taken the cell over. */
  private boolean bring(DriverLink.Order order) throws IOException, InterruptedException {
    for (int i = 0; i < order.names().size(); i++) {
      String name = order.names().get(i);
      Path file = place.resolve(name);
      if (name.endsWith("/")) {
        Files.createDirectories(file);
        continue;
      }
      Files.createDirectories(file.getParent());
      FolderFiles.write(file, 0, new byte[0]);
      for (long done = 0; done < order.sizes()[i]; ) {
        byte[] part = link.fetch(cell, attempt, name, done);
        if (part == null) {
          return false;
        }
        if (part.length == 0) {
          throw new IOException(name + " has changed at the driver");
        }
        FolderFiles.write(file, done, part);
        done += part.length;
      }
    }
    return true;
  }

  /** Runs the process; its exit code, or -1 where another attempt has taken the cell over. */
  private int process(List<String> words, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    builder.environment().put("NOISESCAPE_CELL", "1");
    builder.environment().put("NOISESCAPE_FETCH", "1");
    builder.environment().put("NOISESCAPE_TTY", "0");
    builder.environment().remove("NOISESCAPE_OUTPUT");
    builder.environment().remove("NOISESCAPE_STDERR_FD");
    builder.directory(place.toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    host.processes().add(process);
    try {
      boolean asked = false;
      long next = after(host.keepSeconds());
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        String answer = link.look(cell, attempt);
        if (answer.equals(DriverLink.NOTHING)) {
          return -1;
        }
        if (!asked && answer.equals(DriverLink.STOP)) {
          process.destroy();
          asked = true;
        }
        if (System.nanoTime() - next >= 0) {
          long began = System.nanoTime();
          if (!keep()) {
            return -1;
          }
          double took = (System.nanoTime() - began) / 1e9;
          next = after(Math.max(host.keepSeconds(), took / SHARE));
        }
      }
      return process.exitValue();
    } finally {
      // gone already, but where this attempt is given up, and nobody wants what it may keep
      process.destroyForcibly();
      process.waitFor();
      host.processes().remove(process);
    }
  }

  private static long after(double seconds) {
    return System.nanoTime() + (long) (seconds * 1e9);
  }

  /** Hands over what has changed since the last time; false where nobody wants it any more. */
  private boolean keep() throws IOException, InterruptedException {
    Map<String, Stamp> now = files.scan();
    Map<String, Long> changed = changed(now);
    List<String> gone = gone(now);
    if (changed.isEmpty() && gone.isEmpty()) {
      return true;
    }
    for (Map.Entry<String, Long> file : changed.entrySet()) {
      Sent sent = send(file.getKey(), file.getValue());
      if (sent != Sent.WHOLE) {
        return sent == Sent.CHANGED;
      }
    }
    if (!FolderFiles.steady(now, files.scan())) {
      // another time; what was sent is sent anew
      return true;
    }
    known = now;
    return link.keep(cell, attempt, changed, gone);
  }

  /** Hands over all that has changed since the last time, and how the process ended. */
  private void handOver(int exit) throws IOException, InterruptedException {
    Map<String, Stamp> now = files.scan();
    Map<String, Long> changed = changed(now);
    for (Map.Entry<String, Long> file : changed.entrySet()) {
      Sent sent = send(file.getKey(), file.getValue());
      if (sent == Sent.UNWANTED) {
        return;
      }
      if (sent == Sent.CHANGED) {
        throw new IOException(file.getKey() + " is still written after its process has ended");
      }
    }
    link.end(cell, attempt, changed, gone(now), exit);
  }

  private Map<String, Long> changed(Map<String, Stamp> now) {
    Map<String, Long> changed = new LinkedHashMap<>();
    now.forEach(
        (name, stamp) -> {
          if (!stamp.equals(known.get(name))) {
            changed.put(name, stamp.size());
          }
        });
    return changed;
  }

  private List<String> gone(Map<String, Stamp> now) {
    return known.keySet().stream().filter(name -> !now.containsKey(name)).toList();
  }

  private enum Sent {
    WHOLE,
    CHANGED,
    UNWANTED
  }

  private Sent send(String name, long size) throws IOException, InterruptedException {
    if (name.endsWith("/")) {
      return Sent.WHOLE;
    }
    long done = 0;
    do {
      byte[] part;
      try {
        part =
            FolderFiles.part(
                place.resolve(name), done, (int) Math.min(DriverLink.PART, size - done));
      } catch (java.nio.file.NoSuchFileException e) {
        return Sent.CHANGED;
      }
      if (part.length == 0 && size > 0) {
        return Sent.CHANGED;
      }
      if (!link.store(cell, attempt, name, done, part)) {
        return Sent.UNWANTED;
      }
      done += part.length;
    } while (done < size);
    return Sent.WHOLE;
  }
}
