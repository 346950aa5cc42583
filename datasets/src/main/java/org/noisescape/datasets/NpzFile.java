package org.noisescape.datasets;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.noisescape.datasets.download.Digest;
import org.noisescape.files.FileErrors;
import org.noisescape.files.InputFile;
import org.noisescape.files.NpyHeader;
import org.noisescape.files.WrongFile;
import org.noisescape.registry.NearestName;
import org.noisescape.tensor.JavaHeap;
import org.noisescape.tensor.Sizes;

/**
 * A zip of arrays as {@code numpy.savez} and {@code numpy.savez_compressed} write it.
 *
 * <p>Only arrays that are asked for are unpacked, and of each no more than its header says; nothing
 * is written anywhere, whatever the entries are called. Every failure is one line that begins with
 * the file.
 */
final class NpzFile implements AutoCloseable {
  private static final String SUFFIX = ".npy";
  private static final String AGAIN = "; save or copy the file again";

  /** Entries of a file; the directory of a zip is read whole before the first of them. */
  private static final int MOST_ENTRIES = 100_000;

  private final Path path;
  private final FileChannel channel;
  private final ZipFile zip;

  /** Opens a file and reads its directory. */
  NpzFile(Path path) {
    this.path = path;
    try {
      this.channel = InputFile.open(path);
    } catch (WrongFile e) {
      throw new DataException(e.getMessage(), e);
    }
    ZipFile opened = null;
    try {
      opened =
          ZipFile.builder().setSeekableByteChannel(channel).setIgnoreLocalFileHeader(true).get();
      if (Collections.list(opened.getEntries()).size() > MOST_ENTRIES) {
        throw new IOException("more than " + MOST_ENTRIES + " entries");
      }
      zip = opened;
    } catch (IOException | RuntimeException e) {
      close(opened, channel);
      throw new DataException(
          path
              + ": cannot be read as an npz, a zip of arrays: "
              + reason(e)
              + "; save it with numpy.savez or numpy.savez_compressed",
          e);
    }
  }

  /** The digest of the whole file. */
  Digest digest() {
    MessageDigest message = Digest.start();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try {
      channel.position(0);
      while (channel.read(buffer.clear()) >= 0) {
        message.update(buffer.flip());
      }
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(path, reason(e)), e);
    }
    return Digest.finish(message);
  }

  /** The names of the arrays, in the order of the file. */
  List<String> names() {
    return Collections.list(zip.getEntries()).stream()
        .map(ZipArchiveEntry::getName)
        .filter(name -> name.endsWith(SUFFIX))
        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
        .toList();
  }

  /**
   * Unpacks an array.
   *
   * @throws DataException where there is none of that name, or it is damaged, or too large
   */
  NpyArray array(String name) {
    ZipArchiveEntry entry = zip.getEntry(name + SUFFIX);
    if (entry == null) {
      throw new DataException(path + ": " + NearestName.unknown("array", name, names()));
    }
    CRC32 sum = new CRC32();
    try (InputStream in = new CheckedInputStream(unpacked(entry), sum)) {
      NpyHeader header = NpyHeader.read(path, name, in);
      long bytes = Sizes.saturated(header.elements(), header.type().bytes());
      if (bytes == 0) {
        throw wrong(name, "is empty: its shape is " + Arrays.toString(header.shape()));
      }
      if (bytes > Sizes.MOST) {
        throw wrong(name, "claims %d bytes, more than 2 GiB: save fewer samples".formatted(bytes));
      }
      JavaHeap.require(2 * bytes, path + ", array '" + name + "'", "save fewer samples");
      byte[] elements = in.readNBytes((int) bytes);
      if (elements.length < bytes) {
        throw wrong(
            name,
            "is truncated: %s of type %s needs %d bytes, there are %d"
                    .formatted(
                        Arrays.toString(header.shape()),
                        header.type().code(),
                        bytes,
                        elements.length)
                + AGAIN);
      }
      if (in.read() >= 0) {
        throw wrong(name, "holds more than the %d bytes its header says".formatted(bytes) + AGAIN);
      }
      if (sum.getValue() != entry.getCrc()) {
        throw wrong(name, "is damaged: its checksum is another one" + AGAIN);
      }
      return NpyArray.of(name, header, elements);
    } catch (WrongFile e) {
      throw new DataException(e.getMessage(), e);
    } catch (IOException e) {
      throw new DataException(
          "%s: array '%s' cannot be unpacked: %s%s".formatted(path, name, reason(e), AGAIN), e);
    }
  }

  private DataException wrong(String name, String what) {
    return new DataException("%s: array '%s' %s".formatted(path, name, what));
  }

  private static String reason(Exception e) {
    Throwable first = e.getCause() instanceof IOException cause ? cause : e;
    if (first instanceof EOFException) {
      return "truncated";
    }
    return first instanceof IOException io ? FileErrors.reason(io) : "damaged";
  }

  /** What a damaged directory leads to need not be an {@link IOException}. */
  private InputStream unpacked(ZipArchiveEntry entry) throws IOException {
    try {
      return new BufferedInputStream(zip.getInputStream(entry));
    } catch (RuntimeException e) {
      throw new IOException("damaged", e);
    }
  }

  @Override
  public void close() {
    close(zip, channel);
  }

  private static void close(AutoCloseable... all) {
    for (AutoCloseable each : all) {
      try {
        if (each != null) {
          each.close();
        }
      } catch (Exception e) {
        // Nothing was written, and what was read is complete or already reported.
        return;
      }
    }
  }
}
