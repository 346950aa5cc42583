package org.noisescape.engine.host;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;

/** One block of native memory per element type, aligned to cache lines. */
final class HostArena extends Arena {
  private static final int ALIGNMENT = 64;

  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final long[] bases = new long[DType.values().length];
  private java.lang.foreign.Arena memory;
  private long scratchBytes;
  private long scratch;

  HostArena(Engine engine) {
    super(engine);
  }

  /** Asks for scratch memory that all operations on this arena share, one after another. */
  void shareScratch(long bytes) {
    scratchBytes = Math.max(scratchBytes, bytes);
  }

  /** Runs an action when the arena is closed; the latest comes first. */
  void onClose(Runnable action) {
    closing.push(action);
  }

  /** Address of the shared scratch memory, a multiple of 64. */
  long scratch() {
    requireMemory();
    return scratch;
  }

  @Override
  protected long extraBytes() {
    return scratchBytes;
  }

  @Override
  protected void allocate() {
    memory = java.lang.foreign.Arena.ofShared();
    try {
      for (DType dtype : DType.values()) {
        bases[dtype.ordinal()] = take(reserved(dtype) * dtype.bytes());
      }
      scratch = take(scratchBytes);
    } catch (OutOfMemoryError e) {
      throw new IllegalStateException(
          "out of memory: the run needs %d MiB: use a smaller batch, model or data set"
              .formatted(bytes() >> 20),
          e);
    }
  }

  private long take(long bytes) {
    if (bytes == 0) {
      return 0;
    }
    MemorySegment segment = memory.allocate(bytes, ALIGNMENT);
    return segment.address();
  }

  @Override
  protected void release() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
    if (memory != null) {
      memory.close();
      memory = null;
    }
  }

  long base(DType dtype) {
    requireMemory();
    return bases[dtype.ordinal()];
  }
}
