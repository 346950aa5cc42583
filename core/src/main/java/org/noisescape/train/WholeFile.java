package org.noisescape.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Replaces a file in one step: written beside it, flushed to disk, renamed. */
public final class WholeFile {
  private WholeFile() {}

  /** Writes the contents. */
  @FunctionalInterface
  public interface Contents {
    /** Writes everything to a channel. */
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /**
   * Writes a file; when that fails, what was there before is still there.
   *
   * @throws IOException naming the file
   */
  public static void write(Path file, Contents contents) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        contents.writeTo(channel);
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      IOException named = new IOException("cannot write " + file + ": " + reason(e), e);
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException left) {
        named.addSuppressed(left);
      }
      throw named;
    }
    flush(file.toAbsolutePath().getParent());
  }

  /** Writes a text as UTF-8, in the same way. */
  public static void write(Path file, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    write(
        file,
        channel -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  /** One phrase for why a file operation failed. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such folder";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file is in the way";
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return e.getMessage();
  }

  /** Makes the rename durable where the platform can open folders. */
  private static void flush(Path folder) {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows refuses to open folders, and its renames are journaled
      return;
    }
  }
}
