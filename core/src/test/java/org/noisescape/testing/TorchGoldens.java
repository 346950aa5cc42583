package org.noisescape.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.noisescape.nn.Network;
import org.noisescape.nn.ParameterSpec;

/**
 * Results of PyTorch, and the formulas that made parameters and inputs; see the script that the
 * files name as their recipe, {@code src/test/python/make_goldens.py}.
 */
public final class TorchGoldens {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private TorchGoldens() {}

  /** A file of goldens. */
  public static JsonNode read(String name) {
    try (InputStream in = TorchGoldens.class.getResourceAsStream("/goldens/" + name + ".json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cases of a file. */
  public static List<JsonNode> cases(String name) {
    return StreamSupport.stream(read(name).path("cases").spliterator(), false).toList();
  }

  /** A list of numbers. */
  public static double[] numbers(JsonNode node) {
    return IntStream.range(0, node.size()).mapToDouble(i -> node.get(i).doubleValue()).toArray();
  }

  /** Entry i is scale · sin(1.7 i + 0.31 (i² mod 7) + seed). */
  public static double[] wave(int size, double seed, double scale) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = scale * Math.sin(1.7 * i + 0.31 * ((long) i * i % 7) + seed);
    }
    return values;
  }

  /** The parameters of a network. */
  public static double[] parameters(Network network) {
    double[] theta = new double[network.parameterCount()];
    int offset = 0;
    int number = 0;
    double scale = 1;
    for (ParameterSpec parameter : network.parameters()) {
      int size = (int) parameter.size();
      if (parameter.isWeight()) {
        scale = Math.sqrt(3.0 / parameter.fanIn());
      }
      System.arraycopy(wave(size, 0.5 + number++, scale), 0, theta, offset, size);
      offset += size;
    }
    return theta;
  }

  /** Samples of an image shape (channels, height, width) with one-hot labels. */
  public static ArraySamples samples(int samples, int[] image, int classes) {
    double[] wave = wave(samples * image[0] * image[1] * image[2], 0.25, 1);
    float[] features = new float[wave.length];
    for (int i = 0; i < wave.length; i++) {
      features[i] = (float) wave[i];
    }
    float[] targets = new float[samples * classes];
    for (int n = 0; n < samples; n++) {
      targets[n * classes + (3 * n + 1) % classes] = 1;
    }
    return new ArraySamples(image, classes, features, targets);
  }
}
