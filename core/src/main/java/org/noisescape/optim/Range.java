package org.noisescape.optim;

/** Checks of the numbers in update rules. */
final class Range {
  private Range() {}

  static void momentum(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + ": momentum must lie in [0, 1), got " + value);
    }
  }

  static void variance(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " is a variance and must be >= 0, got " + value);
    }
  }
}
