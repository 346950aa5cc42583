package org.noisescape.objective;

import java.util.Objects;
import org.noisescape.tensor.Sizes;
import org.noisescape.tensor.Tensor;

/** Samples from arrays, which are read where they are. */
public final class ArraySource implements SampleSource {
  private final int[] image;
  private final int width;
  private final int outputs;
  private final float[] features;
  private final float[] targets;
  private final boolean classes;

  private ArraySource(
      int[] image, int outputs, float[] features, float[] targets, boolean classes) {
    this.image = image.clone();
    this.width =
        Sizes.product("features of a sample", "choose fewer", image[0], image[1], image[2]);
    this.outputs = outputs;
    this.features = features;
    this.targets = targets;
    this.classes = classes;
    if (width < 1 || outputs < 1 || features.length % width != 0) {
      throw new IllegalArgumentException(
          "features must be whole samples of %s, got %d numbers"
              .formatted(Tensor.describe(image), features.length));
    }
    if (targets.length != (long) features.length / width * outputs) {
      throw new IllegalArgumentException(
          "%d samples with %d outputs want %d targets, got %d"
              .formatted(
                  features.length / width,
                  outputs,
                  (long) features.length / width * outputs,
                  targets.length));
    }
  }

  /**
   * Samples of classes: target rows are one-hot, or with one output ±1.
   *
   * @param image (channels, height, width) of a sample; (D, 1, 1) for plain features
   * @param outputs K
   * @param features (N, channels·height·width), channels first
   * @param targets (N, K)
   * @throws IllegalArgumentException where the numbers do not make whole samples
   */
  public static ArraySource of(int[] image, int outputs, float[] features, float[] targets) {
    return new ArraySource(image, outputs, features, targets, true);
  }

  /**
   * Samples of classes by their labels, as one-hot targets.
   *
   * @param image as in {@link #of}
   * @param classes K
   * @param features as in {@link #of}
   * @param labels from 0 to K − 1, one a sample
   * @throws IllegalArgumentException also naming the first label that is none
   */
  public static ArraySource ofLabels(int[] image, int classes, float[] features, int... labels) {
    float[] targets = new float[Sizes.product("targets", "give fewer", labels.length, classes)];
    for (int n = 0; n < labels.length; n++) {
      if (labels[n] < 0 || labels[n] >= classes) {
        throw new IllegalArgumentException(
            "label %d of sample %d is none of 0 to %d".formatted(labels[n], n, classes - 1));
      }
      targets[n * classes + labels[n]] = 1;
    }
    return new ArraySource(image, classes, features, targets, true);
  }

  /** Samples whose targets are real numbers to be met; the rest as in {@link #of}. */
  public static ArraySource ofValues(int[] image, int outputs, float[] features, float[] targets) {
    return new ArraySource(image, outputs, features, targets, false);
  }

  @Override
  public int size() {
    return features.length / width;
  }

  @Override
  public int[] imageShape() {
    return image.clone();
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public boolean hasClasses() {
    return classes;
  }

  @Override
  public void copyFeatures(int first, int count, float[] destination) {
    Objects.checkFromIndexSize(first, count, size());
    System.arraycopy(features, first * width, destination, 0, count * width);
  }

  @Override
  public void copyTargets(int first, int count, float[] destination) {
    Objects.checkFromIndexSize(first, count, size());
    System.arraycopy(targets, first * outputs, destination, 0, count * outputs);
  }
}
