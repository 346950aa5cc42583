package org.noisescape.datasets;

/** Features kept as float32. */
public final class FloatFeatures extends StoredFeatures {
  private final float[] values;

  /**
   * Wraps values, without a copy.
   *
   * @param values rows · length numbers, row after row
   * @param rows number of samples, at least 1
   * @param length features a sample, at least 1
   */
  public FloatFeatures(float[] values, int rows, int length) {
    super("values", rows, length, values.length, "values");
    this.values = values;
  }

  @Override
  void copy(int from, int count, float[] destination, int offset) {
    System.arraycopy(values, from, destination, offset, count);
  }
}
