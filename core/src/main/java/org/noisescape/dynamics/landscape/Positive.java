package org.noisescape.dynamics.landscape;

/** Arguments that must be above zero. */
final class Positive {
  private Positive() {}

  static void require(String what, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + " must be a number > 0, got " + value);
    }
  }
}
