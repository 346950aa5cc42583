package org.noisescape.nn;

import org.noisescape.tensor.Tensor;

/**
 * Where the batch normalisations of a bound network take mean and variance from.
 *
 * @param kind from where
 * @param running running statistics (R, Q) float64 in the order of {@link
 *     Network#runningStatistics}, or null where none are used
 */
public record BatchStatistics(Kind kind, Tensor running) {
  /** From where. */
  public enum Kind {
    /** Nobody said: right for networks without batch normalisation only. */
    NONE,
    /** The batch, samples coupled: training mode, the running statistics left alone. */
    BATCH,
    /** The batch; the running statistics follow: training mode. */
    TRACKED,
    /** The running statistics, constants: evaluation mode. */
    RUNNING
  }

  private static final BatchStatistics NONE = new BatchStatistics(Kind.NONE, null);
  private static final BatchStatistics BATCH = new BatchStatistics(Kind.BATCH, null);

  /** Checks that running statistics are there where they are used. */
  public BatchStatistics {
    boolean used = kind == Kind.TRACKED || kind == Kind.RUNNING;
    if (used != (running != null)) {
      throw new IllegalArgumentException(
          "batch statistics %s %s running statistics".formatted(kind, used ? "need" : "have no"));
    }
  }

  /** For networks without batch normalisation. */
  public static BatchStatistics none() {
    return NONE;
  }

  /** Training mode that leaves no trace. */
  public static BatchStatistics ofBatch() {
    return BATCH;
  }

  /** Training mode. */
  public static BatchStatistics tracked(Tensor running) {
    return new BatchStatistics(Kind.TRACKED, running);
  }

  /** Evaluation mode. */
  public static BatchStatistics running(Tensor running) {
    return new BatchStatistics(Kind.RUNNING, running);
  }

  /** Whether the samples of a pass depend on each other, so that none may be padding. */
  public boolean couplesSamples() {
    return kind == Kind.BATCH || kind == Kind.TRACKED;
  }

  /** Those of one layer: so many entries of each replica from an offset on. */
  BatchStatistics part(int offset, int size) {
    if (running == null || size == 0) {
      return running == null ? this : NONE;
    }
    return new BatchStatistics(kind, running.slice(offset, size));
  }

  /** Entries of a layer's specifications. */
  static int size(Iterable<ParameterSpec> specifications) {
    int size = 0;
    for (ParameterSpec specification : specifications) {
      size = Math.addExact(size, specification.size());
    }
    return size;
  }
}
