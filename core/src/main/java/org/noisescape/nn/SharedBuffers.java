package org.noisescape.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/**
 * Scratch memory that several networks of one architecture use in turn: the first to be linearised
 * reserves it, the others get the same tensors in the same order.
 */
public final class SharedBuffers {
  private final Arena arena;
  private final List<Tensor> tensors = new ArrayList<>();
  private int next;

  /** No buffers yet. */
  public SharedBuffers(Arena arena) {
    this.arena = arena;
  }

  /** Begins another network. */
  public void rewind() {
    next = 0;
  }

  /** Where the buffers are, and where what is not shared may be reserved. */
  public Arena arena() {
    return arena;
  }

  /** The next tensor. */
  public Tensor reserve(DType dtype, int... shape) {
    if (next == tensors.size()) {
      tensors.add(arena.reserve(dtype, shape));
    }
    Tensor tensor = tensors.get(next++);
    if (tensor.dtype() != dtype || !Arrays.equals(tensor.shape(), shape)) {
      throw new IllegalStateException(
          "shared buffers of another architecture: %s instead of %s %s"
              .formatted(tensor.describe(), Tensor.describe(shape), dtype.label()));
    }
    return tensor;
  }
}
