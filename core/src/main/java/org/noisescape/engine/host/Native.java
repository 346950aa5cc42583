package org.noisescape.engine.host;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.noisescape.tensor.Tensor;

/** Addresses of tensors, and all of native memory as one segment to load from and store to. */
final class Native {
  /** Every address of the process; offsets into it are addresses. */
  static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  private Native() {}

  /** Address of the first element. */
  static long address(Tensor tensor) {
    return ((HostArena) tensor.arena()).base(tensor.dtype())
        + tensor.offset() * tensor.dtype().bytes();
  }

  /** Sets bytes to zero; a multiple of 4. */
  static void zero(long address, long bytes) {
    for (long i = 0; i < bytes; i += 4) {
      ALL.set(INT, address + i, 0);
    }
  }

  /** Address of element r of a vector (R). */
  static long element(Tensor vector, int r) {
    return address(vector) + r * vector.leadingStride() * vector.dtype().bytes();
  }

  /** Bytes from one index of the first axis to the next; 0 where a single row serves them all. */
  static long rowBytes(Tensor tensor) {
    return tensor.dim(0) == 1 ? 0 : tensor.leadingStride() * tensor.dtype().bytes();
  }
}
