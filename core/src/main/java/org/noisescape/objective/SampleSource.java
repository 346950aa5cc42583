package org.noisescape.objective;

/** Samples to be loaded into engine memory. */
public interface SampleSource {
  /** Number of samples. */
  int size();

  /** Shape of a sample as (channels, height, width); plain features have height = width = 1. */
  int[] imageShape();

  /** Entries K of a target. */
  int outputs();

  /**
   * Whether targets stand for classes, one-hot or by their sign, so that a prediction is right or
   * wrong; not so where they are real numbers to be met.
   */
  default boolean hasClasses() {
    return true;
  }

  /** Copies features of samples first, …, first + count − 1, channels-first, row after row. */
  void copyFeatures(int first, int count, float[] destination);

  /** Copies their targets. */
  void copyTargets(int first, int count, float[] destination);

  /** What a black pixel is in these features, a number a channel; zeros unless said. */
  default float[] black() {
    return new float[imageShape()[0]];
  }
}
