package org.noisescape.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Replaces a file in one step: written beside it under a name of its own, flushed to disk, renamed.
 *
 * <p>A link in the place of the file is replaced, never followed; a folder, a pipe or a device is
 * an error. Processes that write one file do not disturb each other: the last one's stays.
 */
public final class WholeFile {
  private static final Pattern TEMPORARY = Pattern.compile("\\.[0-9a-f-]{36}\\.tmp");

  private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

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
   * @throws WriteFailure naming the file
   */
  public static void write(Path file, Contents contents) throws WriteFailure {
    requireReplaceable(file);
    Path temporary = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
    UNFINISHED.add(temporary);
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS)) {
        contents.writeTo(channel);
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw abandoned(file, temporary, e);
    } catch (RuntimeException | Error e) {
      e.addSuppressed(abandoned(file, temporary, new IOException(e.getMessage())));
      throw e;
    } finally {
      UNFINISHED.remove(temporary);
    }
    flush(file.toAbsolutePath().getParent());
  }

  /**
   * Removes what is being written, for a process that ends now: nothing may be written afterwards.
   */
  public static void discardUnfinished() {
    for (Path temporary : UNFINISHED) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        // what is left behind is known as such by its name
        continue;
      }
    }
  }

  /** Writes a text as UTF-8, in the same way. */
  public static void write(Path file, String text) throws WriteFailure {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes, in the same way. */
  public static void write(Path file, byte... bytes) throws WriteFailure {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    write(
        file,
        channel -> {
          while (left.hasRemaining()) {
            channel.write(left);
          }
        });
  }

  /**
   * Makes a folder, with its parents.
   *
   * @return the folder
   * @throws WriteFailure naming the folder
   */
  public static Path folder(Path folder) throws WriteFailure {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new WriteFailure("make the folder", folder, e);
    }
  }

  /**
   * Opens a file of lines to append to; a link in its place is not followed.
   *
   * @throws WriteFailure naming the file
   */
  public static FileChannel append(Path file) throws WriteFailure {
    return open(file, StandardOpenOption.APPEND);
  }

  /**
   * Opens a file to write at any place of it; a link in its place is not followed.
   *
   * @throws WriteFailure naming the file
   */
  public static FileChannel open(Path file) throws WriteFailure {
    return open(file, StandardOpenOption.WRITE);
  }

  private static FileChannel open(Path file, OpenOption how) throws WriteFailure {
    requireReplaceable(file);
    if (Files.isSymbolicLink(file)) {
      throw new WriteFailure(file, "it is a link, which is not followed; put a file there");
    }
    try {
      return FileChannel.open(
          file,
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          how,
          LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new WriteFailure(file, e);
    }
  }

  /** Whether a file is what a process that was killed while it wrote has left behind. */
  public static boolean isTemporary(Path file) {
    return TEMPORARY.matcher(file.getFileName().toString()).matches();
  }

  /** One phrase for why a file operation failed. */
  public static String reason(IOException e) {
    return FileErrors.reason(e);
  }

  private static void requireReplaceable(Path file) throws WriteFailure {
    try {
      BasicFileAttributes there =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (there.isDirectory()) {
        throw new WriteFailure(file, "it is a folder; name a file");
      }
      if (there.isOther()) {
        throw new WriteFailure(file, "it is a pipe or a device; name a file");
      }
    } catch (NoSuchFileException e) {
      return;
    } catch (WriteFailure e) {
      throw e;
    } catch (IOException e) {
      throw new WriteFailure(file, e);
    }
  }

  private static WriteFailure abandoned(Path file, Path temporary, IOException e) {
    WriteFailure named = new WriteFailure(file, e);
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException left) {
      named.addSuppressed(left);
    }
    return named;
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
