package org.noisescape.tensor;

/** What an operation does with what its output holds already. */
public enum Accumulation {
  /** Replaces it. */
  OVERWRITE,
  /** Adds to it. */
  ADD;

  /** The factor β of what the output holds in y ← αx + βy: 0 or 1. */
  public double beta() {
    return this == ADD ? 1 : 0;
  }
}
