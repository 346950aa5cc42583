package org.noisescape.linop;

/**
 * Eigenvalues of a symmetric matrix A (n, n) with an error bound.
 *
 * <p>LAPACK's values are exact for some A + E with ‖E‖₂ ≤ p(n) ε ‖A‖₂, so that no value is further
 * than that from its own (Weyl). Rounding makes p(n) grow like √n in practice; error takes n, and
 * 50 for small n, the constant that LAPACK's own tests allow.
 *
 * @param dimension n
 * @param values ascending: all n, or the asked-for ones; not copied
 * @param norm ‖A‖₂ where all values are known, else an upper bound of it
 * @param error max(n, 50) ε norm with ε = 2⁻⁵², absolute
 */
public record Eigenvalues(int dimension, double[] values, double norm, double error) {
  private static final int SMALLEST_FACTOR = 50;

  static Eigenvalues of(int dimension, double[] values, double norm) {
    double factor = Math.max(dimension, SMALLEST_FACTOR) * Math.ulp(1.0);
    return new Eigenvalues(dimension, values, norm, factor * norm);
  }

  /** Whether these are all n. */
  public boolean complete() {
    return values.length == dimension;
  }
}
