package org.noisescape.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of small idx files: 20 images of 4 x 4 pixels with labels 0 to 9. */
public record IdxFolder(Path path) {
  static final int COUNT = 20;
  static final int PIXELS = 16;

  /** Writes good files. */
  public static IdxFolder good(Path path) {
    IdxFolder folder = new IdxFolder(path);
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    folder.images(0x803, COUNT * PIXELS);
    byte[] labels = new byte[COUNT];
    for (int i = 0; i < COUNT; i++) {
      labels[i] = (byte) (i % 10);
    }
    folder.labels(labels);
    return folder;
  }

  /** Replaces the images. */
  void images(int magic, int bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(16 + bytes).putInt(magic).putInt(COUNT);
    buffer.putInt(4).putInt(4);
    for (int i = 0; i < bytes; i++) {
      buffer.put((byte) (31 * i % 251));
    }
    write("train-images-idx3-ubyte", buffer.array());
  }

  /** Replaces the labels. */
  void labels(byte... labels) {
    write(
        "train-labels-idx1-ubyte",
        ByteBuffer.allocate(8 + labels.length)
            .putInt(0x801)
            .putInt(labels.length)
            .put(labels)
            .array());
  }

  /** Removes the labels. */
  void removeLabels() {
    try {
      Files.delete(path.resolve("train-labels-idx1-ubyte"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As users write it. */
  public String spec() {
    return "idx:" + path;
  }

  private void write(String name, byte[] bytes) {
    try {
      Files.write(path.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
