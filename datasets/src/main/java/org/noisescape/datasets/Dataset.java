package org.noisescape.datasets;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.noisescape.datasets.download.Digest;
import org.noisescape.tensor.Tensor;

/**
 * One part of a data set, in memory: N samples with class labels or real targets.
 *
 * <p>Shapes: features (N, C·H·W), planar (channel, row, column) as in the CIFAR files; labels (N)
 * for classification, regressionTargets (N) for regression, the other one empty. The arrays are
 * shared, not copied, and must not be written to; equality is that of the arrays' identities.
 *
 * @param name the specification it was loaded by, such as {@code mnist} or {@code idx:DIR}
 * @param split train or test
 * @param imageShape (channels, height, width); d plain features are (1, 1, d)
 * @param features the inputs
 * @param labels class labels 0, …, classes − 1, empty for regression
 * @param regressionTargets real targets, empty for classification
 * @param classes number of classes, 0 for regression
 * @param classNames a name for each class
 * @param digests file name (or generator) → digest of its contents, such as {@code sha256:…};
 *     sorted
 */
@SuppressWarnings("ArrayRecordComponent") // a copy of up to 60,000 labels an access helps nobody
public record Dataset(
    String name,
    Split split,
    int[] imageShape,
    Features features,
    int[] labels,
    float[] regressionTargets,
    int classes,
    List<String> classNames,
    Map<String, String> digests) {

  /** Checks that the parts fit together. */
  public Dataset {
    classNames = List.copyOf(classNames);
    digests = Collections.unmodifiableMap(new TreeMap<>(digests));
    if (imageShape.length != 3 || (long) product(imageShape) != features.length()) {
      throw new DataException(
          name
              + ": the image shape must be (channels, height, width) with product "
              + features.length()
              + ", got "
              + Arrays.toString(imageShape));
    }
    int rows = features.rows();
    if (rows < 1) {
      throw new DataException(name + ": the " + part(split) + " set holds no samples");
    }
    boolean regression = classes == 0;
    if (labels.length != (regression ? 0 : rows)
        || regressionTargets.length != (regression ? rows : 0)
        || classNames.size() != classes) {
      throw new DataException(
          name
              + ": "
              + rows
              + " samples of "
              + classes
              + " classes do not fit "
              + labels.length
              + " labels, "
              + regressionTargets.length
              + " regression targets and "
              + classNames.size()
              + " class names");
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new DataException(
            name
                + ": label "
                + labels[i]
                + " of "
                + part(split)
                + " sample "
                + i
                + " is outside 0.."
                + (classes - 1));
      }
    }
  }

  /**
   * Samples of classes, one a name, without digests.
   *
   * @param labels from 0 to the number of names − 1, one a sample
   * @throws DataException where the parts do not fit together
   */
  public static Dataset ofClasses(
      String name,
      Split split,
      int[] imageShape,
      Features features,
      int[] labels,
      List<String> classNames) {
    int classes = classNames.size();
    return new Dataset(
        name, split, imageShape, features, labels, new float[0], classes, classNames, Map.of());
  }

  /**
   * Samples with real targets, without digests.
   *
   * @throws DataException where the parts do not fit together
   */
  public static Dataset ofValues(
      String name, Split split, int[] imageShape, Features features, float... targets) {
    return new Dataset(
        name, split, imageShape, features, new int[0], targets, 0, List.of(), Map.of());
  }

  /** N, the number of samples. */
  public int size() {
    return features.rows();
  }

  /** C·H·W, the number of features a sample. */
  public int featureLength() {
    return features.length();
  }

  /** Whether the targets are real numbers rather than classes. */
  public boolean isRegression() {
    return classes == 0;
  }

  /**
   * The first n samples, sharing this set's features. Digests stay those of the files.
   *
   * @throws DataException unless 1 ≤ n ≤ {@link #size()}
   */
  public Dataset subset(int n) {
    if (n < 1 || n > size()) {
      throw new DataException(
          "subset must be between 1 and the "
              + size()
              + " samples of the "
              + part(split)
              + " set of "
              + name
              + ", got "
              + n);
    }
    if (n == size()) {
      return this;
    }
    return withSamples(
        new FirstRows(features, n),
        isRegression() ? labels : Arrays.copyOf(labels, n),
        isRegression() ? Arrays.copyOf(regressionTargets, n) : regressionTargets);
  }

  /**
   * Some samples in the order given, sharing this set's features. Digests stay those of the files.
   */
  Dataset rows(int... chosen) {
    float[] targets = new float[isRegression() ? chosen.length : 0];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = regressionTargets[chosen[i]];
    }
    return withSamples(
        new ChosenRows(features, chosen),
        isRegression() ? labels : Arrays.stream(chosen).map(row -> labels[row]).toArray(),
        targets);
  }

  private Dataset withSamples(Features others, int[] theirLabels, float... theirTargets) {
    return new Dataset(
        name, split, imageShape, others, theirLabels, theirTargets, classes, classNames, digests);
  }

  /** The same as another part. */
  Dataset as(Split other) {
    return new Dataset(
        name, other, imageShape, features, labels, regressionTargets, classes, classNames, digests);
  }

  /** The same with features of another shape. */
  Dataset withFeatures(int[] shape, Features others) {
    return new Dataset(
        name, split, shape, others, labels, regressionTargets, classes, classNames, digests);
  }

  /** The same with other labels, whose digest is added under a name. */
  Dataset withLabels(int[] others, String recordedAs) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(others.length, Integer.BYTES));
    bytes.asIntBuffer().put(others);
    Map<String, String> added = new TreeMap<>(digests);
    added.put(recordedAs, Digest.sha256(bytes.array()).toString());
    return new Dataset(
        name, split, imageShape, features, others, regressionTargets, classes, classNames, added);
  }

  /** The same with other digests, by the names of what they are of. */
  public Dataset withDigests(Map<String, String> others) {
    return new Dataset(
        name, split, imageShape, features, labels, regressionTargets, classes, classNames, others);
  }

  /**
   * This data set, if all its features and real targets are finite.
   *
   * @throws DataException naming the first row and column that holds NaN or an infinity
   */
  public Dataset requireFinite() {
    if (features instanceof PixelFeatures && !isRegression()) {
      return this;
    }
    float[] row = new float[featureLength()];
    for (int i = 0; i < size(); i++) {
      features.copyRows(i, 1, row, 0);
      for (int column = 0; column < row.length; column++) {
        requireFinite(row[column], i, "column " + column);
      }
      if (isRegression()) {
        requireFinite(regressionTargets[i], i, "the target");
      }
    }
    return this;
  }

  private void requireFinite(float value, int row, String where) {
    if (!Float.isFinite(value)) {
      throw new DataException(
          name
              + ": "
              + value
              + " in row "
              + row
              + ", "
              + where
              + " of the "
              + part(split)
              + " set; every value must be finite: remove or repair that row (rows and columns count from 0)");
    }
  }

  private static int product(int[] shape) {
    return Math.toIntExact(Tensor.elements(shape));
  }

  private static String part(Split split) {
    return split == Split.TRAIN ? "train" : "test";
  }
}
