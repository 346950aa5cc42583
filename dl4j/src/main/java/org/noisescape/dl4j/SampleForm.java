package org.noisescape.dl4j;

/**
 * Shape of a sample between layers.
 *
 * @param channels of an image, or features
 * @param height of an image, {@link #UNKNOWN}, or 0 for features
 * @param width of an image, {@link #UNKNOWN}, or 0 for features
 */
record SampleForm(long channels, long height, long width) {
  /** A length that a configuration does not tell. */
  static final long UNKNOWN = -1;

  /** Features. */
  static SampleForm flat(long features) {
    return new SampleForm(features, 0, 0);
  }

  boolean isFlat() {
    return height == 0;
  }

  /** Whether all lengths are told. */
  boolean isKnown() {
    return channels > 0 && height != UNKNOWN && width != UNKNOWN;
  }

  /** As features, channels first. */
  SampleForm flattened() {
    return isFlat() ? this : flat(isKnown() ? channels * height * width : UNKNOWN);
  }

  /** As (channels, height, width) with 1 for what features have not. */
  int[] image() {
    return new int[] {
      Math.toIntExact(channels),
      isFlat() ? 1 : Math.toIntExact(height),
      isFlat() ? 1 : Math.toIntExact(width)
    };
  }

  /** As {@code input 3x32x32} of a description. */
  String words() {
    return isFlat() ? "" + channels : "%dx%dx%d".formatted(channels, height, width);
  }
}
