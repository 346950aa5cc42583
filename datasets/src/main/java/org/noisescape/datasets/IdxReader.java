package org.noisescape.datasets;

import java.nio.file.Path;
import org.noisescape.datasets.download.Digest;
import org.noisescape.tensor.JavaHeap;

/**
 * Reads the idx format of MNIST: images of unsigned bytes (magic 0x00000803) and labels of unsigned
 * bytes (magic 0x00000801), plain or gzip.
 *
 * <p>Source: LeCun, Cortes and Burges, The MNIST database of handwritten digits, "File formats".
 * Header big-endian: magic, number of items, then rows and columns for images.
 */
final class IdxReader {
  private static final int IMAGES = 0x00000803;
  private static final int LABELS = 0x00000801;

  private IdxReader() {}

  /**
   * Images as they lie in the file.
   *
   * @param pixels (count, height, width)
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Images(int count, int height, int width, byte[] pixels, Digest digest) {}

  /**
   * Labels as they lie in the file.
   *
   * @param labels (count), each 0, …, classes − 1
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Labels(int[] labels, Digest digest) {}

  /** What a header may claim is asked of the heap before it is taken. */
  private static final String FEWER = "take a file of fewer samples";

  /** Reads an image file. */
  static Images images(Path path) {
    try (DataFile file = new DataFile(path)) {
      checkMagic(file, IMAGES, "an idx image file");
      int count = extent(file, "number of images");
      int height = extent(file, "rows");
      int width = extent(file, "columns");
      String what = count + " x " + height + " x " + width + " pixels and 16 bytes of header";
      long bytes;
      try {
        bytes = Math.multiplyExact((long) count, (long) height * width);
      } catch (ArithmeticException e) {
        bytes = Long.MAX_VALUE;
      }
      if (bytes > Integer.MAX_VALUE - 16) {
        throw file.damaged("the header claims " + what + ", more than 2 GiB");
      }
      JavaHeap.require(bytes, path.toString(), FEWER);
      byte[] pixels = file.read((int) bytes, what);
      return new Images(count, height, width, pixels, file.finish());
    }
  }

  /**
   * Reads a label file.
   *
   * @param classes labels must be below this
   * @param remedy what to do about a label that is not
   */
  static Labels labels(Path path, int classes, String remedy) {
    try (DataFile file = new DataFile(path)) {
      checkMagic(file, LABELS, "an idx label file");
      int count = extent(file, "number of labels");
      JavaHeap.require((1L + Integer.BYTES) * count, path.toString(), FEWER);
      byte[] bytes = file.read(count, count + " labels and 8 bytes of header");
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = bytes[i] & 0xFF;
        if (labels[i] >= classes) {
          throw file.wrong(
              "label "
                  + labels[i]
                  + " of sample "
                  + i
                  + " is outside 0.."
                  + (classes - 1)
                  + "; "
                  + remedy);
        }
      }
      return new Labels(labels, file.finish());
    }
  }

  private static void checkMagic(DataFile file, int expected, String kind) {
    int magic = file.readInt("the magic number of " + kind);
    if (magic == expected) {
      return;
    }
    String found =
        switch (magic) {
          case IMAGES -> " (an idx image file): are images and labels swapped?";
          case LABELS -> " (an idx label file): are images and labels swapped?";
          default -> "; copy or fetch the file again";
        };
    throw file.wrong(
        String.format("not %s: expected magic 0x%08x, got 0x%08x%s", kind, expected, magic, found));
  }

  private static int extent(DataFile file, String what) {
    int extent = file.readInt("the " + what);
    if (extent < 1) {
      throw file.damaged("the " + what + " in the header must be at least 1, got " + extent);
    }
    return extent;
  }
}
