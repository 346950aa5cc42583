package org.noisescape.tensor;

/** Whether a matrix enters a product as stored or transposed. */
public enum Transpose {
  /** As stored. */
  NO,
  /** Transposed. */
  YES
}
