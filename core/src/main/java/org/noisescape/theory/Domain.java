package org.noisescape.theory;

/** Checks of arguments of formulas: each throws IllegalArgumentException in one line. */
public final class Domain {
  private Domain() {}

  /** Value in (0, ∞). */
  public static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and > 0, got " + value);
    }
  }

  /** Value in [0, ∞). */
  public static void nonNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and >= 0, got " + value);
    }
  }

  /** Value in (low, high). */
  public static void between(String name, double value, double low, double high) {
    if (!(value > low && value < high)) {
      throw new IllegalArgumentException(
          name + " must lie in (" + low + ", " + high + "), got " + value);
    }
  }

  /** Value in [low, ∞). */
  public static void atLeast(String name, double value, double low) {
    if (!(value >= low && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and >= " + low + ", got " + value);
    }
  }

  /** All values finite, and at least one of them. */
  public static void finite(String name, double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            name + " must be finite, got " + values[i] + " at index " + i);
      }
    }
  }

  /** As many values as there should be. */
  public static void length(String name, int actual, int expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          name + " must have length " + expected + ", got " + actual);
    }
  }
}
