package org.noisescape.cuda.engine;

import org.noisescape.tensor.Tensor;

/**
 * Rows of elements in device memory, all the same distance apart.
 *
 * @param address of the first row
 * @param stride elements from one row to the next
 */
record Block(long address, long stride) {
  /** The rows of a tensor's first axis from one on, from an element of theirs on. */
  static Block of(Tensor tensor, int row, long element) {
    long stride = Address.stride(tensor);
    return new Block(
        Address.of(tensor) + (row * stride + element) * tensor.dtype().bytes(), stride);
  }

  /** Whether packs of four elements lie where they can be moved at once. */
  boolean movesInFours(int bytes) {
    return address % 16 == 0 && stride * bytes % 16 == 0;
  }
}
