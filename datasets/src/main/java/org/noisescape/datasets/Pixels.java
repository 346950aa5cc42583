package org.noisescape.datasets;

import org.noisescape.datasets.pictures.Picture;

/**
 * Pictures of one extent.
 *
 * @param height of each
 * @param width of each
 * @param bytes (count, 3, height, width)
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Pixels(int height, int width, byte[] bytes) {
  static final int CHANNELS = Picture.CHANNELS;

  /** What helps where they do not fit. */
  static final String FEWER = "choose a smaller size, or a folder of fewer pictures";

  int count() {
    return bytes.length / length();
  }

  /** Bytes of a picture. */
  int length() {
    return CHANNELS * height * width;
  }
}
