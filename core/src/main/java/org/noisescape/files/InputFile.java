package org.noisescape.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * A file that others may have written.
 *
 * <p>Only regular files are opened, after links are followed: a pipe would be waited for, a device
 * never end. No more is read than a reader says it can take. Every failure is a {@link WrongFile}.
 */
public final class InputFile {
  private static final int FIRST_BUFFER = 1 << 16;

  private InputFile() {}

  /** Opens a regular file to read. */
  public static FileChannel open(Path file) {
    requireRegular(file);
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The same as a stream, not buffered; what fails later is an {@link IOException}. */
  public static InputStream stream(Path file) {
    return Channels.newInputStream(open(file));
  }

  /**
   * All bytes of a file.
   *
   * @param most how many may be read
   */
  public static byte[] bytes(Path file, int most) {
    try (FileChannel channel = open(file)) {
      if (channel.size() > most) {
        throw tooLarge(file, most);
      }
      // a file may grow while it is read, and those of the system tell no size
      InputStream in = Channels.newInputStream(channel);
      byte[] bytes = new byte[Math.min(most, FIRST_BUFFER)];
      int filled = 0;
      for (int got = 0; got >= 0; got = in.read(bytes, filled, bytes.length - filled)) {
        filled += got;
        if (filled == bytes.length) {
          if (filled == most) {
            requireEnd(file, in, most);
            return bytes;
          }
          bytes = Arrays.copyOf(bytes, (int) Math.min(most, 2L * filled));
        }
      }
      return Arrays.copyOf(bytes, filled);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * The end of a file, of whatever size.
   *
   * @param most how many bytes are read
   */
  public static byte[] end(Path file, int most) {
    requireRegular(file);
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(Math.max(0, channel.size() - most));
      ByteBuffer bytes = ByteBuffer.allocate(most);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // a channel may give less than there is
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * The text of a file in UTF-8.
   *
   * @param most how many bytes may be read
   */
  public static String text(Path file, int most) {
    return decode(file, bytes(file, most));
  }

  /**
   * A file within a folder, links resolved.
   *
   * @param name path below the folder
   * @return the path as given, below the folder as given
   * @throws WrongFile where a link leads out of the folder; not where nothing is there
   */
  public static Path within(Path folder, String name) {
    Path file = folder.resolve(name);
    try {
      Path whole = folder.toAbsolutePath().normalize();
      if (!file.toAbsolutePath().normalize().startsWith(whole)
          || (Files.exists(file) && !file.toRealPath().startsWith(folder.toRealPath()))) {
        throw new WrongFile(
            file, "leads out of the folder; nothing outside of it is read, put a copy there");
      }
      return file;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The complaint for a failure to read. */
  public static WrongFile unreadable(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new WrongFile(file, "no such file", e);
    }
    return new WrongFile(file, "cannot be read: " + FileErrors.reason(e), e);
  }

  /** Throws unless a file is there and regular, after links are followed. */
  public static void requireRegular(Path file) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (attributes.isDirectory()) {
      throw new WrongFile(file, "is a folder, not a file");
    }
    if (!attributes.isRegularFile()) {
      throw new WrongFile(file, "is a pipe or a device; name a regular file");
    }
  }

  private static void requireEnd(Path file, InputStream in, int most) throws IOException {
    if (in.read() >= 0) {
      throw tooLarge(file, most);
    }
  }

  private static WrongFile tooLarge(Path file, int most) {
    return new WrongFile(file, "is larger than the " + most + " bytes that are read of it");
  }

  /** The text of bytes in UTF-8; the complaint says where they are none. */
  public static String decode(Path file, byte... bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new WrongFile(
          file,
          "line %d is not UTF-8 text: byte 0x%02x at position %d"
              .formatted(line, bytes[in.position()] & 0xff, in.position()));
    }
    return out.flip().toString();
  }
}
