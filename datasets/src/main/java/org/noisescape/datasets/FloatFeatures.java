package org.noisescape.datasets;

import java.util.Objects;
import org.noisescape.tensor.Sizes;

/** Features kept as float32. */
public final class FloatFeatures implements Features {
  private final float[] values;
  private final int rows;
  private final int length;

  /**
   * Wraps values, without a copy.
   *
   * @param values rows · length numbers, row after row
   * @param rows number of samples, at least 1
   * @param length features a sample, at least 1
   */
  public FloatFeatures(float[] values, int rows, int length) {
    if (rows < 1 || length < 1 || (long) rows * length != values.length) {
      throw new IllegalArgumentException(
          "values must be (rows, length) with at least one of each, got rows "
              + rows
              + ", length "
              + length
              + " for "
              + values.length
              + " values");
    }
    this.values = values;
    this.rows = rows;
    this.length = length;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public void copyRows(int first, int count, float[] destination, int offset) {
    Objects.checkFromIndexSize(first, count, rows);
    int copied = Sizes.product("features", "copy fewer samples at once", count, length);
    Objects.checkFromIndexSize(offset, copied, destination.length);
    System.arraycopy(values, first * length, destination, offset, copied);
  }
}
