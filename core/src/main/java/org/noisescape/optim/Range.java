package org.noisescape.optim;

/** Checks of the numbers in update rules. */
final class Range {
  private Range() {}

  static void momentum(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + ": momentum must lie in [0, 1), got " + value);
    }
  }

  static void decay(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must lie in [0, 1), got " + value);
    }
  }

  static void epsilon(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": epsilon must be a number > 0, got " + value);
    }
  }

  static void notNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be a number >= 0, got " + value);
    }
  }

  /** Bounds of clipping; infinity clips nothing. */
  static void bound(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(
          name + " must be > 0, got " + value + ": leave it out to clip nothing");
    }
  }

  static void variance(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " is a variance and must be >= 0, got " + value);
    }
  }
}
