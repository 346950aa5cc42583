package org.noisescape.tensor;

/** How mini-batches are drawn. */
public enum Sampling {
  /** A new permutation each epoch, cut into batches: {@link RandomFill#permuteIndices}. */
  WITHOUT_REPLACEMENT,
  /** Each index independent and uniform: {@link RandomFill#drawIndices}. */
  WITH_REPLACEMENT
}
