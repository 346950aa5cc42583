package org.noisescape.datasets;

import java.util.Objects;
import org.noisescape.tensor.Sizes;

/** Pixels kept as unsigned bytes and scaled to [0, 1] when copied: value / 255. */
public final class PixelFeatures implements Features {
  private static final float[] SCALED = scaled();

  private final byte[] pixels;
  private final int rows;
  private final int length;

  /**
   * Wraps pixels, without a copy.
   *
   * @param pixels rows · length unsigned bytes, row after row
   * @param rows number of samples, at least 1
   * @param length pixels a sample, at least 1
   */
  public PixelFeatures(byte[] pixels, int rows, int length) {
    if (rows < 1 || length < 1 || (long) rows * length != pixels.length) {
      throw new IllegalArgumentException(
          "pixels must be (rows, length) with at least one of each, got rows "
              + rows
              + ", length "
              + length
              + " for "
              + pixels.length
              + " bytes");
    }
    this.pixels = pixels;
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
    int values = Sizes.product("features", "copy fewer samples at once", count, length);
    Objects.checkFromIndexSize(offset, values, destination.length);
    int source = first * length;
    for (int i = 0; i < values; i++) {
      destination[offset + i] = SCALED[pixels[source + i] & 0xFF];
    }
  }

  private static float[] scaled() {
    float[] table = new float[256];
    for (int value = 0; value < table.length; value++) {
      table[value] = value / 255f;
    }
    return table;
  }
}
