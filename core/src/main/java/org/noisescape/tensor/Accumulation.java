package org.noisescape.tensor;

/** What an operation does with what its output holds already. */
public enum Accumulation {
  /** Replaces it. */
  OVERWRITE,
  /** Adds to it. */
  ADD
}
