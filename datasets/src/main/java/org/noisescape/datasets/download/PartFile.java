package org.noisescape.datasets.download;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.noisescape.files.FileErrors;
import org.noisescape.files.LineInput;
import org.noisescape.files.WholeFile;
import org.noisescape.files.WrongFile;

/**
 * What has arrived of a download: {@code NAME.part}, with {@code NAME.part.origin} beside it that
 * says which address the bytes came from and its ETag.
 *
 * <p>Failures are those of the disk, never of the network.
 */
final class PartFile {
  private final Path path;
  private final Path origin;

  PartFile(Path folder, String fileName) {
    this.path = folder.resolve(fileName + ".part");
    this.origin = folder.resolve(fileName + ".part.origin");
  }

  Path path() {
    return path;
  }

  /** Bytes that have arrived, 0 where there are none. */
  long size() throws DownloadException {
    try {
      return Files.exists(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The strong ETag that the bytes had at that address, where known. */
  Optional<String> entityTag(URI address) {
    try {
      List<String> lines = Files.exists(origin) ? LineInput.all(origin) : List.of();
      boolean same = lines.size() == 2 && lines.getFirst().equals(address.toString());
      return Optional.of(same ? lines.getLast() : "").filter(tag -> tag.startsWith("\""));
    } catch (WrongFile e) {
      // Without it the resume is checked by the digest alone.
      return Optional.empty();
    }
  }

  void delete() throws DownloadException {
    try {
      Files.deleteIfExists(origin);
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Opens the part for bytes that follow the first offset ones, whose origin is recorded first. */
  Writer writer(long offset, URI address, Optional<String> entityTag) throws DownloadException {
    try {
      WholeFile.write(origin, address + "\n" + entityTag.orElse("") + "\n");
      FileChannel channel = WholeFile.open(path);
      channel.truncate(offset);
      channel.position(offset);
      return new Writer(channel, offset);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  boolean matches(Digest digest) throws DownloadException {
    try {
      return digest.of(path).equals(digest);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  String actual(Digest expected) throws DownloadException {
    try {
      return expected.of(path).toString();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private DownloadException failure(IOException e) {
    return new DownloadException(
        "cannot write "
            + path
            + ": "
            + FileErrors.reason(e)
            + "; what arrived is kept: make room or choose another folder, and fetch again",
        e);
  }

  /** Appends to the part. */
  final class Writer implements AutoCloseable {
    private final FileChannel channel;
    private long size;

    Writer(FileChannel channel, long offset) {
      this.channel = channel;
      this.size = offset;
    }

    /** Bytes in the part by now. */
    long size() {
      return size;
    }

    void write(ByteBuffer buffer) throws DownloadException {
      try {
        while (buffer.hasRemaining()) {
          size += channel.write(buffer);
        }
      } catch (IOException e) {
        throw failure(e);
      }
    }

    @Override
    public void close() throws DownloadException {
      try (channel) {
        channel.force(true);
      } catch (IOException e) {
        throw failure(e);
      }
    }
  }
}
