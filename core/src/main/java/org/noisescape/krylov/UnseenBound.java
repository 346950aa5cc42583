package org.noisescape.krylov;

/**
 * How likely a Lanczos recurrence of a random vector is to have missed an eigenvalue beyond t.
 *
 * <p>The recurrence's vector j + 1 is q_j(A)r, of length 1, with the polynomial q_j that its
 * coefficients define. An eigenvector u of eigenvalue λ has in it the part q_j(λ) ⟨u, r⟩, so that
 * |⟨u, r⟩| ≤ 1/q_j(t) where λ ≥ t lies beyond all zeros of q_j. A random unit vector in P
 * dimensions has |⟨u, r⟩| ≤ δ with probability at most δ √(2P/π) (van Dorsselaer, Hochstenbach and
 * van der Vorst 2000, "Computing probabilistic bounds for extreme eigenvalues of symmetric matrices
 * with the Lanczos method").
 */
final class UnseenBound {
  private UnseenBound() {}

  /**
   * The probability, at most; 1 where a Ritz value lies beyond t.
   *
   * @param projected rows of the recurrence in a projected matrix, tridiagonal
   * @param from first of these rows
   * @param to the row behind the last
   * @param off length of what the last product has outside the basis; 0 where the recurrence ended
   * @param t beyond which eigenvalues are asked for
   * @param end LARGEST for those above t, SMALLEST for those below
   * @param dimension P
   */
  static double probability(
      double[][] projected, int from, int to, double off, double t, End end, int dimension) {
    double sign = end == End.LARGEST ? 1 : -1;
    double log = 0;
    double ratio = 1;
    for (int i = from; i < to; i++) {
      double before = i == from ? 0 : Math.abs(projected[i][i - 1]);
      double next = i + 1 == to ? off : Math.abs(projected[i + 1][i]);
      // Sturm: all ratios of neighbouring polynomials are positive beyond the last zero
      double numerator = sign * (t - projected[i][i]) - (i == from ? 0 : before / ratio);
      if (!(numerator > 0)) {
        return 1;
      }
      ratio = numerator / next;
      log += Math.log(ratio);
    }
    return Math.min(1, Math.sqrt(2 * dimension / Math.PI) * Math.exp(-log));
  }
}
