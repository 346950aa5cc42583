package org.noisescape.datasets;

/** Pixels kept as unsigned bytes and scaled to [0, 1] when copied: value / 255. */
public final class PixelFeatures extends StoredFeatures {
  private static final float[] SCALED = scaled();

  private final byte[] pixels;

  /**
   * Wraps pixels, without a copy.
   *
   * @param pixels rows · length unsigned bytes, row after row
   * @param rows number of samples, at least 1
   * @param length pixels a sample, at least 1
   */
  public PixelFeatures(byte[] pixels, int rows, int length) {
    super("pixels", rows, length, pixels.length, "bytes");
    this.pixels = pixels;
  }

  @Override
  void copy(int from, int count, float[] destination, int offset) {
    for (int i = 0; i < count; i++) {
      destination[offset + i] = SCALED[pixels[from + i] & 0xFF];
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
