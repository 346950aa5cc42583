package org.noisescape.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.noisescape.objective.SampleSource;

/** A folder of arrays for peers, so that they compute the same numbers as we do. */
final class SharedArrays implements AutoCloseable {
  private final Path folder;

  SharedArrays() {
    try {
      folder = Files.createTempDirectory("noisescape-benchmark");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells peers of the folder. */
  ObjectNode named(ObjectNode workload) {
    return workload.put("folder", folder.toString());
  }

  /** Features and targets as rows of float32, in the files x and y. */
  SharedArrays data(SampleSource data) {
    int[] image = data.imageShape();
    float[] x = new float[data.size() * image[0] * image[1] * image[2]];
    float[] y = new float[data.size() * data.outputs()];
    data.copyFeatures(0, data.size(), x);
    data.copyTargets(0, data.size(), y);
    write("x", x);
    write("y", y);
    return this;
  }

  /** A vector of parameters, as float32. */
  SharedArrays vector(String name, double... values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    write(name, rounded);
    return this;
  }

  private void write(String name, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    try {
      Files.write(folder.resolve(name + ".f32"), bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the arrays lie. */
  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
