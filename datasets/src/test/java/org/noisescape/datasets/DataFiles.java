package org.noisescape.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes small data files for tests. Pixel i of a file is (7 i) mod 256. */
final class DataFiles {
  private DataFiles() {}

  static byte[] idxImages(int count, int height, int width) {
    byte[] pixels = pixels(count * height * width);
    return ByteBuffer.allocate(16 + pixels.length)
        .putInt(0x803)
        .putInt(count)
        .putInt(height)
        .putInt(width)
        .put(pixels)
        .array();
  }

  static byte[] idxLabels(int... labels) {
    ByteBuffer buffer = ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(labels.length);
    for (int label : labels) {
      buffer.put((byte) label);
    }
    return buffer.array();
  }

  static byte[] cifar10(int... labels) {
    ByteBuffer buffer = ByteBuffer.allocate(3073 * labels.length);
    for (int label : labels) {
      buffer.put((byte) label).put(pixels(3072));
    }
    return buffer.array();
  }

  static byte[] cifar100(int coarse, int fine) {
    return ByteBuffer.allocate(3074).put((byte) coarse).put((byte) fine).put(pixels(3072)).array();
  }

  static byte[] pixels(int count) {
    byte[] pixels = new byte[count];
    for (int i = 0; i < count; i++) {
      pixels[i] = (byte) (7 * i);
    }
    return pixels;
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** A folder with three 2×5 training images and, where wanted, two test images. */
  static void idxFolder(Path folder, boolean withTest) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("train-images-idx3-ubyte"), idxImages(3, 2, 5));
    Files.write(folder.resolve("train-labels-idx1-ubyte.gz"), gzip(idxLabels(4, 0, 9)));
    if (withTest) {
      Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), gzip(idxImages(2, 2, 5)));
      Files.write(folder.resolve("t10k-labels-idx1-ubyte"), idxLabels(1, 2));
    }
  }

  static float[] row(Dataset dataset, int row) {
    float[] values = new float[dataset.featureLength()];
    dataset.features().copyRows(row, 1, values, 0);
    return values;
  }
}
