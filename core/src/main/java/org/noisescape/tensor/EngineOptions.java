package org.noisescape.tensor;

import java.util.Objects;

/**
 * How an engine is opened.
 *
 * @param threads CPU threads to use, at least 1
 * @param precision what products may round to; an engine computes in any {@link DType} whatever
 *     stands here, only {@link Precision#TF32} changes anything
 */
public record EngineOptions(int threads, Precision precision) {
  /** Checks the number of threads. */
  public EngineOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be >= 1, got " + threads);
    }
    Objects.requireNonNull(precision, "precision");
  }

  /** A number of threads, and no products in TF32. */
  public static EngineOptions of(int threads) {
    return new EngineOptions(threads, Precision.FLOAT32);
  }
}
