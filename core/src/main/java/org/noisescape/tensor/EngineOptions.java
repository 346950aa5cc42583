package org.noisescape.tensor;

import java.util.Objects;

/**
 * How an engine is opened.
 *
 * @param threads CPU threads to use, from 1 to {@link #MOST_THREADS}
 * @param precision what products may round to; an engine computes in any {@link DType} whatever
 *     stands here, only {@link Precision#TF32} changes anything
 */
public record EngineOptions(int threads, Precision precision) {
  /** More than any machine has; the libraries take minutes to start as many as one may ask for. */
  public static final int MOST_THREADS = 1024;

  /** Checks the number of threads. */
  public EngineOptions {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "threads must be from 1 to %d, got %d".formatted(MOST_THREADS, threads));
    }
    Objects.requireNonNull(precision, "precision");
  }

  /** A number of threads, and no products in TF32. */
  public static EngineOptions of(int threads) {
    return new EngineOptions(threads, Precision.FLOAT32);
  }
}
