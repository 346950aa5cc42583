package org.noisescape.cuda.engine;

import org.noisescape.tensor.DType;

/** Elements that a thread of {@code packs.cuh} moves at once: 16 bytes. */
final class Packs {
  /** Bytes of a pack. */
  static final int BYTES = 16;

  private Packs() {}

  /** Packs of so many elements. */
  static long count(DType dtype, long elements) {
    int size = BYTES / dtype.bytes();
    return (elements + size - 1) / size;
  }
}
