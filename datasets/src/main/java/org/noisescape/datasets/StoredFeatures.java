package org.noisescape.datasets;

import java.util.Objects;
import org.noisescape.tensor.Sizes;

/** Features kept row after row in one array. */
abstract sealed class StoredFeatures implements Features permits FloatFeatures, PixelFeatures {
  private final int rows;
  private final int length;

  /**
   * Checks the sizes.
   *
   * @param what is kept, for the message
   * @param values of the array
   * @param unit what one of them is called
   */
  StoredFeatures(String what, int rows, int length, int values, String unit) {
    if (rows < 1 || length < 1 || (long) rows * length != values) {
      throw new IllegalArgumentException(
          "%s must be (rows, length) with at least one of each, got rows %d, length %d for %d %s"
              .formatted(what, rows, length, values, unit));
    }
    this.rows = rows;
    this.length = length;
  }

  @Override
  public final int rows() {
    return rows;
  }

  @Override
  public final int length() {
    return length;
  }

  @Override
  public final void copyRows(int first, int count, float[] destination, int offset) {
    Objects.checkFromIndexSize(first, count, rows);
    int copied = Sizes.product("features", "copy fewer samples at once", count, length);
    Objects.checkFromIndexSize(offset, copied, destination.length);
    copy(first * length, copied, destination, offset);
  }

  /** Writes values of the array from an index on; all lie within both arrays. */
  abstract void copy(int from, int count, float[] destination, int offset);
}
