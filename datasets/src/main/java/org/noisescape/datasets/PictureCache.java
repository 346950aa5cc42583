package org.noisescape.datasets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.noisescape.datasets.download.Digest;
import org.noisescape.files.InputFile;
import org.noisescape.files.WholeFile;
import org.noisescape.files.WriteFailure;
import org.noisescape.files.WrongFile;
import org.noisescape.tensor.JavaHeap;
import org.noisescape.tensor.Sizes;

/**
 * Decoded pictures by what they were made of: a file a set, named by a digest of the contents of
 * all its pictures and of what was done to them, written whole, with its own digest. It may be
 * deleted at any time. What is damaged is as good as absent, and where nothing can be written
 * nothing is kept.
 */
final class PictureCache {
  private static final String FOLDER = "pictures";
  private static final byte[] MAGIC = "noisescape-pixels\n".getBytes(StandardCharsets.US_ASCII);
  private static final int SHA_BYTES = 32;
  private static final int HEADER = MAGIC.length + 3 * Integer.BYTES + SHA_BYTES;

  private final Path file;

  /**
   * The place of a set.
   *
   * @param cache the folder of all caches
   * @param key what the pictures were and what was done to them, in words
   */
  PictureCache(Path cache, String key) {
    String name = Digest.sha256(key.getBytes(StandardCharsets.UTF_8)).hex();
    this.file = cache.resolve(FOLDER).resolve(name + ".pixels");
  }

  /** What was kept of so many pictures, if it is whole. */
  Optional<Pixels> read(int count) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = InputFile.open(file)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      fill(channel, header);
      byte[] magic = new byte[MAGIC.length];
      header.flip().get(magic);
      int pictures = header.getInt();
      int height = header.getInt();
      int width = header.getInt();
      long bytes = Sizes.saturated(pictures, Pixels.CHANNELS, height, width);
      if (!Arrays.equals(magic, MAGIC)
          || pictures != count
          || bytes < 1
          || bytes > Sizes.MOST
          || channel.size() != HEADER + bytes) {
        return Optional.empty();
      }
      JavaHeap.require(bytes, file.toString(), Pixels.FEWER);
      byte[] pixels = new byte[(int) bytes];
      fill(channel, ByteBuffer.wrap(pixels));
      byte[] digest = new byte[SHA_BYTES];
      header.get(digest);
      return Digest.sha256(pixels).hex().equals(HexFormat.of().formatHex(digest))
          ? Optional.of(new Pixels(height, width, pixels))
          : Optional.empty();
    } catch (IOException | WrongFile e) {
      return Optional.empty();
    }
  }

  private static void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new IOException("truncated");
      }
    }
  }

  /** Keeps pixels for the next time. */
  void write(Pixels pixels) {
    ByteBuffer header =
        ByteBuffer.allocate(HEADER)
            .put(MAGIC)
            .putInt(pixels.count())
            .putInt(pixels.height())
            .putInt(pixels.width())
            .put(HexFormat.of().parseHex(Digest.sha256(pixels.bytes()).hex()))
            .flip();
    try {
      WholeFile.folder(file.getParent());
      WholeFile.write(
          file,
          channel -> {
            writeAll(channel, header);
            writeAll(channel, ByteBuffer.wrap(pixels.bytes()));
          });
    } catch (WriteFailure e) {
      // the pictures are there all the same, and are decoded again the next time
      return;
    }
  }

  private static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
