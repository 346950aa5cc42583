package org.noisescape.onnx;

/**
 * How a value of the graph lies in memory, beside its batch.
 *
 * @param layout its axes
 * @param channels C, or the number of features; {@link OnnxModel#UNKNOWN} where it is not known
 * @param height H
 * @param width W
 */
record Form(Layout layout, int channels, int height, int width) {
  /** Axes after that of the batch. */
  enum Layout {
    /** One: features, or images channel by channel. */
    FEATURES,
    /** One: images pixel by pixel. */
    PIXELS,
    /** (C, H, W). */
    IMAGES,
    /** (H, W, C). */
    CHANNELS_LAST,
    /** (H, W) of one channel. */
    PLANES
  }

  static Form features(int count) {
    return new Form(Layout.FEATURES, count, 1, 1);
  }

  static Form images(int channels, int height, int width) {
    return new Form(Layout.IMAGES, channels, height, width);
  }

  Form as(Layout other) {
    return new Form(other, channels, height, width);
  }

  boolean isFlat() {
    return layout == Layout.FEATURES || layout == Layout.PIXELS;
  }

  /** Number of features, or unknown. */
  int size() {
    boolean known = channels > 0 && height > 0 && width > 0;
    long size = known ? (long) channels * height * width : OnnxModel.UNKNOWN;
    if (known && ((long) channels * height > Integer.MAX_VALUE || size > Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "images of %dx%dx%d are too large".formatted(channels, height, width));
    }
    return (int) size;
  }

  /** The form once all axes are one. */
  Form flattened() {
    boolean pixelwise = layout == Layout.CHANNELS_LAST && channels != 1 && height * width != 1;
    return pixelwise ? as(Layout.PIXELS) : isFlat() ? this : features(size());
  }

  /** Lengths of the axes, the batch first. */
  long[] sizes() {
    long c = ShapeNumbers.of(channels);
    long h = ShapeNumbers.of(height);
    long w = ShapeNumbers.of(width);
    return switch (layout) {
      case FEATURES, PIXELS -> new long[] {ShapeNumbers.BATCH, ShapeNumbers.of(size())};
      case IMAGES -> new long[] {ShapeNumbers.BATCH, c, h, w};
      case CHANNELS_LAST -> new long[] {ShapeNumbers.BATCH, h, w, c};
      case PLANES -> new long[] {ShapeNumbers.BATCH, h, w};
    };
  }

  /** The place of the channels among the axes. */
  int channelAxis() {
    return layout == Layout.CHANNELS_LAST ? 3 : 1;
  }
}
