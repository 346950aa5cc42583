package org.noisescape.datasets;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.noisescape.datasets.download.Digest;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.JavaHeap;
import org.noisescape.tensor.Sizes;

/**
 * A teacher task: x ~ N(0, I_d), the label is the largest output of a drawn network of one hidden
 * layer of ReLU units, weights N(0, 2/d) and N(0, 1), without biases.
 *
 * <p>Sample i of a split is a pure function of (seed, split, i, d), the teacher one of (seed, d,
 * width, classes). Its digest is that of the big-endian float32 rows (x, label).
 *
 * @param dimension d
 * @param width hidden units of the teacher
 * @param classes labels
 * @param train training samples
 * @param test test samples, 0 for no test set
 * @param seed of the draws
 */
record TeacherSpec(int dimension, int width, int classes, int train, int test, long seed) {
  static final int DEFAULT_TRAIN = 10_000;
  static final int DEFAULT_TEST = 2_000;

  /** Sets these draws apart from those of the other synthetic data: the teacher, then splits. */
  private static final int FAMILY = 3;

  private static final int MOST = 10_000_000;

  static TeacherSpec parse(String options) {
    SpecOptions parsed =
        new SpecOptions(
            "teacher", options, List.of("d", "width", "classes", "train", "test", "seed"));
    return new TeacherSpec(
        parsed.integer("d", 20, 1, 10_000),
        parsed.integer("width", 10, 1, 10_000),
        parsed.integer("classes", 10, 2, 1000),
        parsed.integer("train", DEFAULT_TRAIN, 1, MOST),
        parsed.integer("test", DEFAULT_TEST, 0, MOST),
        parsed.seed("seed"));
  }

  DatasetPair load(String name) {
    JavaHeap.require(
        (long) Double.BYTES * width * (dimension + classes), name, "choose a smaller d or width");
    RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, FAMILY).stream(0);
    double[] hidden = normals(random, width * dimension, Math.sqrt(2.0 / dimension));
    double[] output = normals(random, classes * width, 1);
    return new DatasetPair(
        draw(name, Split.TRAIN, train, hidden, output),
        test == 0 ? Optional.empty() : Optional.of(draw(name, Split.TEST, test, hidden, output)));
  }

  private static double[] normals(RandomStream random, int count, double deviation) {
    double[] drawn = new double[count];
    for (int i = 0; i < count; i++) {
      drawn[i] = deviation * random.nextGaussian();
    }
    return drawn;
  }

  private Dataset draw(String name, Split split, int count, double[] hidden, double[] output) {
    int family = split == Split.TRAIN ? FAMILY + 1 : FAMILY + 2;
    RandomKey key = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, family);
    int values = Sizes.product("numbers of teacher", "choose fewer samples", dimension, count);
    JavaHeap.require((long) Float.BYTES * values, name, "choose fewer samples or a smaller d");
    float[] inputs = new float[values];
    int[] labels = new int[count];
    MessageDigest digest = Digest.start();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * (dimension + 1));
    for (int i = 0; i < count; i++) {
      RandomStream stream = key.stream(i);
      for (int column = 0; column < dimension; column++) {
        inputs[i * dimension + column] = (float) stream.nextGaussian();
      }
      labels[i] = label(inputs, i * dimension, hidden, output);
      bytes.clear();
      bytes.asFloatBuffer().put(inputs, i * dimension, dimension).put(labels[i]);
      digest.update(bytes);
    }
    String part = split == Split.TRAIN ? "teacher-train" : "teacher-test";
    return Dataset.ofClasses(
            name,
            split,
            new int[] {1, 1, dimension},
            new FloatFeatures(inputs, count, dimension),
            labels,
            IntStream.range(0, classes).mapToObj(Integer::toString).toList())
        .withDigests(Map.of(part, Digest.finish(digest).toString()));
  }

  /** The first of the largest outputs. */
  private int label(float[] inputs, int at, double[] hidden, double[] output) {
    double[] units = new double[width];
    for (int j = 0; j < width; j++) {
      double sum = 0;
      for (int i = 0; i < dimension; i++) {
        sum += hidden[j * dimension + i] * inputs[at + i];
      }
      units[j] = Math.max(0, sum);
    }
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      double sum = 0;
      for (int j = 0; j < width; j++) {
        sum += output[k * width + j] * units[j];
      }
      if (sum > largest) {
        largest = sum;
        best = k;
      }
    }
    return best;
  }
}
