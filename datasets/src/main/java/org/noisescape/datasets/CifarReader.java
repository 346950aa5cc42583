package org.noisescape.datasets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.datasets.download.Digest;
import org.noisescape.files.FileErrors;
import org.noisescape.tensor.JavaHeap;

/**
 * Reads the binary layout of CIFAR: records of label bytes and 3·32·32 planar pixel bytes.
 *
 * <p>CIFAR-10 has one label byte, CIFAR-100 a coarse one and a fine one, of which the fine one is
 * used. Source: Krizhevsky, The CIFAR-10 dataset, "Binary version".
 */
enum CifarReader {
  /** Records of 3073 bytes. */
  CIFAR_10(1, 10),
  /** Records of 3074 bytes. */
  CIFAR_100(2, 100);

  static final int CHANNELS = 3;
  static final int EXTENT = 32;
  static final int PIXELS = CHANNELS * EXTENT * EXTENT;

  private final int labelBytes;
  private final int classes;

  CifarReader(int labelBytes, int classes) {
    this.labelBytes = labelBytes;
    this.classes = classes;
  }

  /**
   * The contents of some files, one after the other.
   *
   * @param pixels (count, 3, 32, 32)
   * @param labels (count)
   * @param digests file name → digest
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Images(byte[] pixels, int[] labels, Map<String, Digest> digests) {
    int count() {
      return labels.length;
    }
  }

  int classes() {
    return classes;
  }

  int recordBytes() {
    return labelBytes + PIXELS;
  }

  /** Reads files in the given order. */
  Images read(List<Path> paths) {
    long records = 0;
    for (Path path : paths) {
      records += records(path);
    }
    if (records * PIXELS > Integer.MAX_VALUE - 16) {
      throw new DataException(
          paths.getFirst() + " and its neighbours hold " + records + " images, more than 2 GiB");
    }
    JavaHeap.require(records * PIXELS, paths.getFirst().toString(), "take fewer files");
    byte[] pixels = new byte[(int) records * PIXELS];
    int[] labels = new int[(int) records];
    Map<String, Digest> digests = new LinkedHashMap<>();
    int filled = 0;
    for (Path path : paths) {
      int count = (int) records(path);
      digests.put(path.getFileName().toString(), read(path, count, pixels, labels, filled));
      filled += count;
    }
    return new Images(pixels, labels, digests);
  }

  private Digest read(Path path, int count, byte[] pixels, int[] labels, int filled) {
    ByteBuffer all = ByteBuffer.wrap(pixels);
    try (DataFile file = new DataFile(path)) {
      for (int i = 0; i < count; i++) {
        byte[] entry = file.read(recordBytes(), "record " + i + " of " + count);
        int label = entry[labelBytes - 1] & 0xFF;
        if (label >= classes) {
          throw file.damaged(
              "label " + label + " of record " + i + " is outside 0.." + (classes - 1));
        }
        labels[filled + i] = label;
        all.put((filled + i) * PIXELS, entry, labelBytes, PIXELS);
      }
      return file.finish();
    }
  }

  private long records(Path path) {
    long bytes;
    try {
      bytes = Files.size(path);
    } catch (IOException e) {
      throw new DataException(path + ": cannot be read: " + FileErrors.reason(e), e);
    }
    if (bytes == 0 || bytes % recordBytes() != 0) {
      throw new DataException(
          path
              + ": truncated or not "
              + (this == CIFAR_10 ? "CIFAR-10" : "CIFAR-100")
              + ": expected a positive multiple of "
              + recordBytes()
              + " bytes, got "
              + bytes
              + "; copy or fetch the file again");
    }
    return bytes / recordBytes();
  }
}
