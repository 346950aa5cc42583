package org.noisescape.krylov;

/** Which eigenvalues of a symmetric operator. */
public enum End {
  /** The largest, algebraically: λ₁ ≥ λ₂ ≥ …. */
  LARGEST,
  /** The smallest, algebraically: the most negative first. */
  SMALLEST
}
