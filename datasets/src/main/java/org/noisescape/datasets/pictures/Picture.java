package org.noisescape.datasets.pictures;

/**
 * A decoded picture.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb (height, width, 3) unsigned bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Picture(int width, int height, byte[] rgb) {
  /** Red, green, blue. */
  public static final int CHANNELS = 3;

  /** Checks the sizes. */
  public Picture {
    if (width < 1 || height < 1 || (long) CHANNELS * width * height != rgb.length) {
      throw new IllegalArgumentException(
          "%d x %d pixels of three bytes, got %d bytes".formatted(width, height, rgb.length));
    }
  }

  /** The rows and columns from (top, left) on. */
  Picture crop(int top, int left, int newHeight, int newWidth) {
    byte[] part = new byte[CHANNELS * newHeight * newWidth];
    int line = CHANNELS * newWidth;
    for (int y = 0; y < newHeight; y++) {
      System.arraycopy(rgb, CHANNELS * ((top + y) * width + left), part, y * line, line);
    }
    return new Picture(newWidth, newHeight, part);
  }

  /** Writes all of red, then green, then blue, row by row, from an index on. */
  public void copyPlanar(byte[] destination, int offset) {
    int area = width * height;
    for (int i = 0; i < area; i++) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        destination[offset + channel * area + i] = rgb[CHANNELS * i + channel];
      }
    }
  }
}
