package org.noisescape.tensor;

/** Arithmetic of single elements that engines have kernels for. */
public enum Elementwise {
  /** a · b. */
  MULTIPLY,
  /** a / b. */
  DIVIDE,
  /** √a. */
  SQRT,
  /** −1, 0 or 1; not-a-number stays so. */
  SIGN
}
