package org.noisescape.tensor;

import org.noisescape.random.Philox;

/** The draws of RandomFill's documentation, one element at a time. */
final class RandomOracle {
  private RandomOracle() {}

  /** Word i of (key, step) as an unsigned number. */
  static long word(long key, long step, int index) {
    int[] words = new int[4];
    Philox.words(key, index / 4, step, words);
    return Integer.toUnsignedLong(words[index % 4]);
  }

  /** Box and Muller's radius behind element i. */
  static double radius(long key, long step, int index) {
    double u = (word(key, step, index - index % 2) + 0.5) * 0x1p-32;
    return Math.sqrt(-2 * Math.log(u));
  }

  /** Standard normal i. */
  static double normal(long key, long step, int index) {
    double v = (word(key, step, index - index % 2 + 1) + 0.5) * 0x1p-32;
    double angle = 2 * Math.PI * v;
    return radius(key, step, index) * (index % 2 == 0 ? Math.cos(angle) : Math.sin(angle));
  }

  /** Uniform index i below size. */
  static int index(long key, long step, int index, int size) {
    return (int) ((size * word(key, step, index)) >>> 32);
  }
}
