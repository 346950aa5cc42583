package org.noisescape.spark.executor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of a folder that a process may be writing: regular files and folders, no links, no
 * locks, nothing that is not written to its end.
 *
 * <p>Names are relative to the folder, with {@code /} between their parts; that of a folder ends
 * with one.
 */
public final class FolderFiles {
  private static final Pattern PASSED_OVER = Pattern.compile("\\.lock|\\.[0-9a-f-]{36}\\.tmp");

  private final Path folder;

  /** Files below a folder. */
  public FolderFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * A file as it was at some time.
   *
   * @param size in bytes
   * @param changed when it was last written
   * @param made when, and under which number of the file system: one that is put in the place of
   *     another differs from it
   */
  record Stamp(long size, long changed, String made) {
    static final Stamp FOLDER = new Stamp(0, 0, "");

    static Stamp of(BasicFileAttributes file) {
      return new Stamp(
          file.size(),
          file.lastModifiedTime().toMillis(),
          file.creationTime() + " " + Objects.toString(file.fileKey()));
    }

    /** Whether the same file may since have grown, and not been replaced. */
    boolean within(Stamp later) {
      return later != null && made.equals(later.made) && size <= later.size;
    }
  }

  /** All there are now, in the order of their names. */
  Map<String, Stamp> scan() throws IOException {
    Map<String, Stamp> files = new TreeMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes what) {
            if (!inner.equals(folder)) {
              files.put(name(inner) + "/", Stamp.FOLDER);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes what) {
            if (what.isRegularFile()
                && !PASSED_OVER.matcher(file.getFileName().toString()).matches()) {
              files.put(name(file), Stamp.of(what));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              // gone between two looks
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return files;
  }

  /** Names and sizes of all there are now, in the order of their names. */
  public Map<String, Long> sizes() throws IOException {
    Map<String, Long> sizes = new LinkedHashMap<>();
    scan().forEach((name, stamp) -> sizes.put(name, stamp.size()));
    return sizes;
  }

  /**
   * Whether what was read between two looks belongs together: files may have grown, but none was
   * added, replaced or removed.
   */
  static boolean steady(Map<String, Stamp> before, Map<String, Stamp> after) {
    return before.keySet().equals(after.keySet())
        && before.entrySet().stream()
            .allMatch(file -> file.getValue().within(after.get(file.getKey())));
  }

  private String name(Path file) {
    StringBuilder name = new StringBuilder();
    for (Path part : folder.relativize(file)) {
      name.append(name.isEmpty() ? "" : "/").append(part);
    }
    return name.toString();
  }

  /**
   * Reads a part of a file.
   *
   * @param most bytes of it
   * @return fewer at the end of the file
   */
  public static byte[] part(Path file, long offset, int most) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes =
          ByteBuffer.allocate((int) Math.max(0, Math.min(most, channel.size() - offset)));
      while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
        // to the end of the file, or of the part
      }
      byte[] part = new byte[bytes.position()];
      bytes.flip().get(part);
      return part;
    }
  }

  /**
   * Writes a part of a file; the first of them makes it anew.
   *
   * @throws IOException also where something is missing before it
   */
  public static void write(Path file, long offset, byte[] part) throws IOException {
    if (offset == 0) {
      Files.deleteIfExists(file);
    }
    try (FileChannel channel =
        FileChannel.open(
            file,
            offset == 0 ? StandardOpenOption.CREATE_NEW : StandardOpenOption.WRITE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      if (channel.size() != offset) {
        throw new IOException(file + ": a part at " + offset + " of " + channel.size() + " bytes");
      }
      ByteBuffer bytes = ByteBuffer.wrap(part);
      while (bytes.hasRemaining()) {
        channel.write(bytes, offset + bytes.position());
      }
    }
  }

  /** Removes a folder with all it holds; of links the links. */
  public static void remove(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes what) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path inner, IOException e) throws IOException {
            Files.deleteIfExists(inner);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
