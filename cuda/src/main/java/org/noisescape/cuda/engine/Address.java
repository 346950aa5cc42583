package org.noisescape.cuda.engine;

import org.noisescape.tensor.Tensor;

/** Where tensors lie in device memory. */
final class Address {
  private Address() {}

  /** Address of the first element. */
  static long of(Tensor tensor) {
    return ((CudaArena) tensor.arena()).base(tensor.dtype())
        + tensor.offset() * tensor.dtype().bytes();
  }

  /** Address of the first element of one index of the first axis. */
  static long row(Tensor tensor, int index) {
    return of(tensor) + index * stride(tensor) * tensor.dtype().bytes();
  }

  /** As {@link #of}, 0 for no tensor. */
  static long orNull(Tensor tensor) {
    return tensor == null ? 0 : of(tensor);
  }

  /** Elements from one index of the first axis to the next; 0 where one row serves them all. */
  static long stride(Tensor tensor) {
    return tensor == null || tensor.dim(0) == 1 ? 0 : tensor.leadingStride();
  }
}
