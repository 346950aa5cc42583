package org.noisescape.krylov;

import java.util.HashMap;
import java.util.Map;
import org.noisescape.tensor.Tensor;

/** Views of rows of a matrix (m, P), each made once. */
final class Rows {
  private final Tensor whole;
  private final Map<Long, Tensor> blocks = new HashMap<>();
  private final Map<Long, Tensor> matrices = new HashMap<>();

  Rows(Tensor whole) {
    this.whole = whole;
  }

  /** Rows first, … as vectors (count, P). */
  Tensor vectors(int first, int count) {
    return blocks.computeIfAbsent(key(first, count), k -> whole.rows(first, count));
  }

  /** Rows first, … as one matrix (1, count, P). */
  Tensor matrix(int first, int count) {
    return matrices.computeIfAbsent(
        key(first, count), k -> whole.rows(first, count).reshape(1, count, whole.dim(1)));
  }

  private static long key(int first, int count) {
    return ((long) first << 32) | count;
  }
}
