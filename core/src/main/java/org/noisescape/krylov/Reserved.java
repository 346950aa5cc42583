package org.noisescape.krylov;

import org.noisescape.tensor.DType;

/** Bytes that an arena reserves: each tensor starts at a multiple of 64 bytes. */
final class Reserved {
  private static final long ALIGNMENT = 64;

  private Reserved() {}

  /** Bytes of one tensor. */
  static long bytes(DType dtype, long... shape) {
    long size = dtype.bytes();
    for (long dim : shape) {
      size = Math.multiplyExact(size, dim);
    }
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
