package org.noisescape.krylov;

/** Distribution of the entries of random vectors. */
public enum VectorLaw {
  /** ±1 with equal probability (Rademacher). */
  SIGNS,
  /** Standard normal: directions uniform on the sphere. */
  NORMAL
}
