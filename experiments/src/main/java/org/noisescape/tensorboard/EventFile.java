package org.noisescape.tensorboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.noisescape.files.InputFile;
import org.noisescape.files.WholeFile;
import org.noisescape.files.WriteFailure;

/**
 * The event file of one replica, open for more.
 *
 * <p>Its wall times are the time the run began plus the time spent in steps since, as far as it was
 * measured ({@code step_time_s}): time for probes, and between two sittings, is not in them.
 */
final class EventFile implements AutoCloseable {
  private static final String STEP_TIME = "step_time_s";

  private final Path file;
  private final FileChannel channel;
  private double wallTime;
  private long step;

  /**
   * Makes a file hold exactly some measurements; one that does already is not touched.
   *
   * @param wallTime when the run began, in seconds since 1970
   * @param session its settings
   * @param measured in the order of steps
   */
  EventFile(Path file, double wallTime, Session session, List<Scalars> measured)
      throws IOException {
    this.file = file;
    this.wallTime = wallTime;
    ByteArrayOutputStream contents = new ByteArrayOutputStream();
    contents.writeBytes(EventRecord.version(wallTime));
    contents.writeBytes(session.start(wallTime));
    measured.forEach(scalars -> contents.writeBytes(record(scalars)));
    byte[] bytes = contents.toByteArray();
    if (!holds(file, bytes)) {
      WholeFile.write(file, target -> writeAll(target, ByteBuffer.wrap(bytes)));
    }
    this.channel = WholeFile.append(file);
  }

  private static boolean holds(Path file, byte... bytes) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == bytes.length
        && Arrays.equals(InputFile.bytes(file, bytes.length), bytes);
  }

  /** Appends a measurement. */
  void append(Scalars scalars) throws IOException {
    try {
      writeAll(channel, ByteBuffer.wrap(record(scalars)));
    } catch (IOException e) {
      throw new WriteFailure(file, e);
    }
  }

  /** Says how it ended. */
  void finish(boolean well) throws IOException {
    writeAll(channel, ByteBuffer.wrap(Session.end(wallTime, well)));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private byte[] record(Scalars scalars) {
    double stepTime = scalars.values().getOrDefault(STEP_TIME, 0.0);
    if (Double.isFinite(stepTime)) {
      wallTime += stepTime * (scalars.step() - step);
    }
    step = scalars.step();
    return EventRecord.scalars(wallTime, scalars);
  }

  private static void writeAll(WritableByteChannel target, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      target.write(bytes);
    }
  }
}
