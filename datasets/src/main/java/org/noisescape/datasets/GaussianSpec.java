package org.noisescape.datasets;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.download.Digest;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.JavaHeap;
import org.noisescape.tensor.Sizes;

/**
 * Gaussian regression: x ~ N(0, I_d), and y ~ N(0, 1) independent of x, or y = Σx_i/√d + s ξ with ξ
 * ~ N(0, 1) where noise = s is given.
 *
 * <p>Shapes: x (n, d), y (n). Source: mori, Fig. 3 (independent labels). Sample i is a pure
 * function of (seed, i, d): x_1, …, x_d, then y or ξ. Its digest is that of the big-endian float32
 * rows (x, y).
 *
 * @param dimension d
 * @param size n
 * @param noise s, negative for independent labels
 * @param seed of the draws
 */
record GaussianSpec(int dimension, int size, double noise, long seed) {
  static final int DEFAULT_DIMENSION = 4;
  static final int DEFAULT_SIZE = 10_000;

  /** Sets these draws apart from those of the other synthetic data. */
  private static final int FAMILY = 2;

  private static final int MOST = 100_000_000;

  static GaussianSpec parse(String options) {
    SpecOptions parsed =
        new SpecOptions("gaussian-regression", options, List.of("d", "n", "noise", "seed"));
    int dimension = parsed.integer("d", DEFAULT_DIMENSION, 1, 1_000_000);
    int size = parsed.integer("n", DEFAULT_SIZE, 1, MOST);
    if ((long) dimension * size > 4L * MOST) {
      throw new DataException(
          "gaussian-regression: d times n must be at most "
              + 4L * MOST
              + ", got d="
              + dimension
              + ", n="
              + size);
    }
    return new GaussianSpec(dimension, size, parsed.deviation("noise", -1), parsed.seed("seed"));
  }

  /** The training set; there is no test set. */
  DatasetPair load(String name) {
    RandomKey key = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, FAMILY);
    int values =
        Sizes.product("numbers of gaussian-regression", "choose a smaller n", dimension, size);
    JavaHeap.require((long) Float.BYTES * values, name, "choose a smaller n or d");
    float[] inputs = new float[values];
    float[] targets = new float[size];
    MessageDigest digest = Digest.start();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * (dimension + 1));
    for (int i = 0; i < size; i++) {
      RandomStream stream = key.stream(i);
      double sum = 0;
      for (int column = 0; column < dimension; column++) {
        double x = stream.nextGaussian();
        inputs[i * dimension + column] = (float) x;
        sum += x;
      }
      double own = stream.nextGaussian();
      targets[i] = (float) (noise < 0 ? own : sum / Math.sqrt(dimension) + noise * own);
      bytes.clear();
      bytes.asFloatBuffer().put(inputs, i * dimension, dimension).put(targets[i]);
      digest.update(bytes);
    }
    Dataset train =
        Dataset.ofValues(
                name,
                Split.TRAIN,
                new int[] {1, 1, dimension},
                new FloatFeatures(inputs, size, dimension),
                targets)
            .withDigests(Map.of("gaussian-regression", Digest.finish(digest).toString()));
    return new DatasetPair(train, Optional.empty());
  }
}
