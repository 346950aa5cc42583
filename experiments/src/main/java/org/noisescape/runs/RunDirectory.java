package org.noisescape.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.noisescape.files.Fields;
import org.noisescape.files.InputFile;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WholeFile;
import org.noisescape.files.WriteFailure;
import org.noisescape.tensorboard.EventFolder;
import org.noisescape.train.Version;

/**
 * The folder of a run: {@code manifest.json}, {@code metrics.jsonl}, {@code metrics.csv}, {@code
 * result.json}, {@code checkpoints/last.safetensors} with its sidecar, {@code
 * checkpoints/best.safetensors} where a best one is kept, and {@code tensorboard} where event files
 * were asked for.
 *
 * <p>Held by one process at a time, through a lock the system gives up when that process dies.
 * Nothing of an earlier run is ever overwritten.
 */
public final class RunDirectory implements AutoCloseable {
  private static final String LOCK = ".lock";

  /** File that says what a run is; a folder without it is none. */
  public static final String MANIFEST = "manifest.json";

  /** File that says how a training ended. */
  public static final String RESULT = "result.json";

  /** What came of an experiment. */
  public static final String OUTCOME = "outcome.json";

  /** File of a training's measurements, a line each. */
  public static final String METRICS = "metrics.jsonl";

  private static final String CHECKPOINTS = "checkpoints";

  /** How often, and how long at most, a process that is about to end is waited for. */
  private static final long LOOK_MILLIS = 100;

  private static final long LOOKS = 60_000 / LOOK_MILLIS;

  private static final String REMEDY = ": choose another folder with --out";

  private final Path path;
  private final FileChannel channel;

  private RunDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the folder of a new run and locks it.
   *
   * @throws IllegalArgumentException in one line where it holds files already or cannot be made
   */
  public static RunDirectory create(Path path) {
    requireFree(path);
    try {
      WholeFile.folder(path);
    } catch (WriteFailure e) {
      throw new RunFailure(e.getMessage() + REMEDY, e);
    }
    RunDirectory directory = lock(path);
    try {
      // someone else may have been quicker between the look and the lock
      requireFree(path);
      return directory;
    } catch (IllegalArgumentException e) {
      directory.close();
      throw e;
    }
  }

  /**
   * Locks the folder of a run to continue it.
   *
   * @throws IllegalArgumentException in one line where there is no run, or another process holds it
   */
  public static RunDirectory open(Path path) {
    if (!Files.isRegularFile(manifestOf(path))) {
      throw new IllegalArgumentException(
          path
              + (Files.isDirectory(path) ? " holds no run" : ": no such folder")
              + ": name the folder that holds "
              + manifestOf(path).getFileName());
    }
    return lock(path);
  }

  /**
   * Locks a folder that is there, whatever it holds.
   *
   * @throws IllegalArgumentException in one line where another process holds it
   */
  public static RunDirectory lock(Path path) {
    FileChannel channel = null;
    try {
      channel = WholeFile.append(path.resolve(LOCK));
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new RunDirectory(path, channel);
      }
      channel.close();
    } catch (OverlappingFileLockException e) {
      closeQuietly(channel);
    } catch (IOException e) {
      closeQuietly(channel);
      String why =
          e instanceof WriteFailure ? e.getMessage() : new WriteFailure(path, e).getMessage();
      throw new RunFailure(why + REMEDY, e);
    }
    throw held(path, "wait for it to end, or" + REMEDY.substring(1));
  }

  /**
   * Waits until no process holds a folder: one that has lost the process that started it may still
   * be writing its checkpoint.
   *
   * @param stop asked while it waits
   * @return whether the folder is free; else a stop was requested
   * @throws IllegalArgumentException in one line where another process holds it for longer than
   *     such a one takes
   */
  public static boolean awaitFree(Path path, BooleanSupplier stop) throws IOException {
    if (!Files.exists(path.resolve(LOCK))) {
      return true;
    }
    try (FileChannel channel = WholeFile.append(path.resolve(LOCK))) {
      for (long look = 0; look < LOOKS; look++) {
        if (free(channel)) {
          return true;
        }
        if (stop.getAsBoolean()) {
          return false;
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    throw held(path, "wait for it to end");
  }

  private static boolean free(FileChannel channel) throws IOException {
    try (FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static IllegalArgumentException held(Path path, String remedy) {
    return new IllegalArgumentException(
        "another process is writing the run " + path + ": " + remedy);
  }

  /** Whether a process holds the folder now, as far as this machine can tell. */
  public static boolean isHeld(Path path) {
    Path lock = path.resolve(LOCK);
    if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.READ);
        FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return shared == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void requireFree(Path path) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new IllegalArgumentException("the run folder " + path + " is a file" + REMEDY);
    }
    if (!Files.isDirectory(path)) {
      return;
    }
    try {
      if (!holdsNothing(path)) {
        String resume =
            Files.exists(manifestOf(path))
                ? ": continue it with 'noisescape train --resume " + path + "', or"
                : ":";
        throw new IllegalArgumentException(
            "the run folder " + path + " is not empty" + resume + REMEDY.substring(1));
      }
    } catch (IOException e) {
      throw InputFile.unreadable(path, e);
    }
  }

  /**
   * Whether a folder holds nothing but what a run that was cut off at its start has left: the lock,
   * a folder of checkpoints with none in it, files that were not written to their end; or what was
   * said of the run before it began.
   */
  public static boolean holdsNothing(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        boolean left =
            name.equals(CHECKPOINTS)
                ? Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && holdsNothing(file)
                : regular
                    && (name.equals(LOCK)
                        || name.equals(Annotations.FILE)
                        || WholeFile.isTemporary(file));
        if (!left) {
          return false;
        }
      }
      return true;
    }
  }

  /** Removes the folder of a run that was cut off before it had begun. */
  public static void discardUnbegun(Path folder) {
    try {
      if (Files.isDirectory(folder) && holdsNothing(folder)) {
        remove(folder);
      }
    } catch (IOException e) {
      // a folder left behind does no harm
      return;
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** {@code metrics.jsonl}. */
  public Path metrics() {
    return path.resolve(METRICS);
  }

  /** {@code metrics.csv}. */
  Path csv() {
    return path.resolve("metrics.csv");
  }

  /** {@code checkpoints/last.safetensors}. */
  public Path lastCheckpoint() {
    return lastCheckpointOf(path);
  }

  /** {@code checkpoints/best.safetensors}. */
  Path bestCheckpoint() {
    return bestCheckpointOf(path);
  }

  /** The best checkpoint of a training run, where one is kept. */
  public static Path bestCheckpointOf(Path run) {
    return run.resolve(CHECKPOINTS).resolve("best.safetensors");
  }

  /** The last checkpoint of a training run. */
  public static Path lastCheckpointOf(Path run) {
    return run.resolve(CHECKPOINTS).resolve("last.safetensors");
  }

  /** {@code tensorboard}, the folder of event files. */
  Path events() {
    return path.resolve(EventFolder.NAME);
  }

  /** The checkpoint of a step, where they are kept. */
  Path checkpoint(long step) {
    return checkpointOf(path, step);
  }

  /** The checkpoint of a step of a run, where they are kept. */
  public static Path checkpointOf(Path run, long step) {
    return run.resolve(CHECKPOINTS)
        .resolve(String.format(Locale.ROOT, "step-%09d.safetensors", step));
  }

  /** What the run is. */
  ObjectNode manifest() {
    ObjectNode tree = JsonFile.object(manifestOf(path));
    Version.requireReadable(manifestOf(path), tree);
    if (!tree.path("configuration").isObject()) {
      throw new IllegalArgumentException(
          path + " holds no training run: continue an experiment with 'noisescape run'");
    }
    Fields fields = Fields.of(manifestOf(path), tree);
    fields.objects("resumed");
    fields.object("engine").text("name");
    return tree;
  }

  /** Writes {@code manifest.json} and makes the folder of checkpoints. */
  void writeManifest(ObjectNode manifest) throws IOException {
    WholeFile.folder(lastCheckpoint().getParent());
    JsonFile.write(manifestOf(path), manifest);
  }

  /** Writes how the run ended, {@code result.json}, and the metrics as a table. */
  void writeResult(ObjectNode result) throws IOException {
    JsonFile.write(path.resolve(RESULT), result);
    MetricsLog.exportCsv(metrics(), csv());
  }

  /** Removes the folder of a training again where it has not begun. */
  void discardIfEmpty() {
    discardIfOnly();
  }

  /**
   * Removes the folder again where nothing is in it but the lock, empty folders and some files.
   *
   * @param begun names of files, or of folders with all they hold, that say nothing of what was
   *     computed
   */
  public void discardIfOnly(String... begun) {
    List<String> known = new ArrayList<>(List.of(begun));
    known.add(LOCK);
    known.add(Annotations.FILE);
    try (Stream<Path> there = Files.list(path)) {
      List<Path> files = there.toList();
      for (Path file : files) {
        boolean folder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
        if (!known.contains(file.getFileName().toString()) && !(folder && isEmpty(file))) {
          return;
        }
      }
      remove(path);
    } catch (IOException e) {
      // a folder left behind does no harm, and the first failure is what the user must see
      return;
    }
  }

  /** Removes a file, or a folder with what it holds; of a link the link. */
  public static void remove(Path file) throws IOException {
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> files = Files.list(file)) {
        for (Path inner : files.toList()) {
          remove(inner);
        }
      }
    }
    Files.delete(file);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  private static Path manifestOf(Path path) {
    return path.resolve(MANIFEST);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // the system gives the lock up with the process
      return;
    }
  }
}
