package org.noisescape.krylov;

import org.noisescape.tensor.DType;
import org.noisescape.tensor.Sizes;

/** Bytes that an arena reserves: each tensor starts at a multiple of 64 bytes. */
final class Reserved {
  private static final long ALIGNMENT = 64;

  private Reserved() {}

  /** Bytes of one tensor. */
  static long bytes(DType dtype, long... shape) {
    long size = Sizes.saturated(dtype.bytes(), Sizes.saturated(shape));
    return size > Long.MAX_VALUE - ALIGNMENT
        ? Long.MAX_VALUE
        : (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
