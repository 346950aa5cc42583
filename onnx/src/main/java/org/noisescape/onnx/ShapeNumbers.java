package org.noisescape.onnx;

import java.util.Arrays;

/**
 * Whole numbers that shapes are computed from.
 *
 * @param values lengths, perhaps {@link #BATCH} or {@link #UNKNOWN}
 * @param scalar whether it is one number instead of a list
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record ShapeNumbers(long[] values, boolean scalar) implements Value {
  /** The number of samples. */
  static final long BATCH = Long.MIN_VALUE;

  /** Some other length that is not known. */
  static final long UNKNOWN = Long.MIN_VALUE + 1;

  private static final int MOST = 64;

  static ShapeNumbers list(long... values) {
    if (values.length > MOST) {
      throw new IllegalArgumentException("a shape has more than %d entries".formatted(MOST));
    }
    return new ShapeNumbers(values, false);
  }

  /** A length of a {@link Form}. */
  static long of(int length) {
    return length == OnnxModel.UNKNOWN ? UNKNOWN : length;
  }

  /** The product of all, unknown where one is. */
  static long product(long... values) {
    long product = 1;
    for (long value : values) {
      if (value == BATCH || value == UNKNOWN) {
        return UNKNOWN;
      }
      product = Math.multiplyExact(product, value);
    }
    return product;
  }

  /** Entries from..to, where negative places count from the end. */
  ShapeNumbers slice(long from, long to) {
    int start = place(from);
    int end = place(to);
    return list(Arrays.copyOfRange(values, start, Math.max(start, end)));
  }

  private int place(long index) {
    long place = index < 0 ? index + values.length : index;
    return (int) Math.clamp(place, 0, values.length);
  }
}
