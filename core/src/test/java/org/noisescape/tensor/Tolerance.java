package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bounds on rounding errors, in units of the spacing ε of 1 in the element type, and their check.
 *
 * <p>Sums of n terms: 2 (n + 4) ε Σ|terms|, whatever the order of summation (Higham 2002, section
 * 3.1, with a margin of 2 for scaling and storing). Elementary functions: 8 ε (1 + |argument|),
 * absolute. Normals: see {@link #normal}.
 */
final class Tolerance {
  private Tolerance() {}

  /** Distance from 1 to the next number. */
  static double epsilon(DType dtype) {
    return dtype == DType.FLOAT32 ? 0x1p-23 : 0x1p-52;
  }

  /** Bound on a sum of so many terms whose absolute values sum to magnitude. */
  static double sum(DType dtype, double terms, double magnitude) {
    return 2 * (terms + 4) * epsilon(dtype) * magnitude + underflow(dtype);
  }

  /** Bound on an elementary function of slope at most 1, its argument rounded. */
  static double function(DType dtype, double argument) {
    return 8 * epsilon(dtype) * (1 + Math.abs(argument));
  }

  /**
   * Bound on a normal of Box and Muller's radius √(−2 ln u): the rounding of u moves the radius by
   * ε/radius, at most √(2ε); the rounding of the angle moves the normal by 2π ε radius.
   */
  static double normal(DType dtype, double radius) {
    double epsilon = epsilon(dtype);
    double fromUniform = Math.min(epsilon / radius, Math.sqrt(2 * epsilon));
    return 4 * (fromUniform + epsilon * (1 + 2 * Math.PI * radius));
  }

  /** Requires |actual − expected| ≤ bound, element by element. */
  static void check(String what, double[] actual, double[] expected, double[] bounds) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs(actual[i] - expected[i]);
      if (!(error <= bounds[i])) {
        throw new AssertionError(
            "%s: element %d is %s, expected %s, error %.3g above the bound %.3g"
                .formatted(what, i, actual[i], expected[i], error, bounds[i]));
      }
    }
  }

  /** Requires a sum's bound of every element. */
  static void check(String what, double[] actual, Expected expected, DType dtype) {
    double[] bounds = new double[expected.values().length];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = sum(dtype, expected.terms(), expected.magnitudes()[i]);
    }
    check(what, actual, expected.values(), bounds);
  }

  private static double underflow(DType dtype) {
    return dtype == DType.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
  }

  /** Sums computed in float64, with the sums of their terms' absolute values. */
  static final class Expected {
    private final double[] values;
    private final double[] magnitudes;
    private final double terms;

    /** So many sums of so many terms each, still empty. */
    Expected(int size, double terms) {
      this.values = new double[size];
      this.magnitudes = new double[size];
      this.terms = terms;
    }

    double[] values() {
      return values;
    }

    double[] magnitudes() {
      return magnitudes;
    }

    double terms() {
      return terms;
    }

    /** Adds a term to one sum. */
    void add(int index, double term) {
      values[index] += term;
      magnitudes[index] += Math.abs(term);
    }
  }
}
