package org.noisescape.tensorboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.noisescape.files.WholeFile;

/**
 * The event files of a run, {@code replica-R/events.out.tfevents.SECONDS.noisescape}: one file a
 * replica, each in a folder of its own, so that TensorBoard takes replicas for runs.
 */
public final class EventFolder implements AutoCloseable {
  /** Name of the folder within a run folder. */
  public static final String NAME = "tensorboard";

  private static final String PREFIX = "events.out.tfevents.";
  private static final double NANOS = 1e-9;

  private final List<EventFile> files = new ArrayList<>();

  private EventFolder() {}

  /**
   * Makes the files hold exactly some measurements, whatever they held before, and leaves them open
   * for more.
   *
   * @param folder made where it is not there
   * @param started when the run began
   * @param session settings of the run
   * @param replicas R ≥ 1
   * @param measured of all replicas, in the order of steps
   * @throws IllegalArgumentException in one line where the folder holds events of another run
   */
  public static EventFolder open(
      Path folder, Instant started, Session session, int replicas, List<Scalars> measured)
      throws IOException {
    EventFolder events = new EventFolder();
    try {
      for (int r = 0; r < replicas; r++) {
        int replica = r;
        Path own = WholeFile.folder(folder.resolve("replica-" + r));
        Path file = own.resolve(PREFIX + started.getEpochSecond() + ".noisescape");
        requireAlone(file);
        events.files.add(
            new EventFile(
                file,
                started.getEpochSecond() + NANOS * started.getNano(),
                session,
                measured.stream().filter(scalars -> scalars.replica() == replica).toList()));
      }
      return events;
    } catch (IOException | IllegalArgumentException e) {
      events.close();
      throw e;
    }
  }

  /** Appends measurements. */
  public void append(List<Scalars> measurements) throws IOException {
    for (Scalars scalars : measurements) {
      files.get(scalars.replica()).append(scalars);
    }
  }

  /** Says how the run ended. */
  public void finish(boolean well) throws IOException {
    for (EventFile file : files) {
      file.finish(well);
    }
  }

  @Override
  public void close() throws IOException {
    for (EventFile file : files) {
      file.close();
    }
  }

  /** TensorBoard takes all event files of a folder for one run. */
  private static void requireAlone(Path file) throws IOException {
    try (Stream<Path> all = Files.list(file.getParent())) {
      Optional<Path> other =
          all.filter(path -> path.getFileName().toString().startsWith(PREFIX))
              .filter(path -> !path.getFileName().equals(file.getFileName()))
              .findFirst();
      if (other.isPresent()) {
        throw new IllegalArgumentException(
            other.get() + " holds events of another run: choose another folder");
      }
    }
  }
}
