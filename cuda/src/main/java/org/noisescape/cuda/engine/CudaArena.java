package org.noisescape.cuda.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.bind.Driver;
import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;

/** One block of device memory: a region a type, then scratch memory that operations share. */
final class CudaArena extends Arena {
  private static final long ALIGNMENT = 256;

  private final Device device;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final long[] bases = new long[DType.values().length];
  private long scratchBytes;
  private long scratch;
  private long block;

  CudaArena(Engine engine, Device device) {
    super(engine);
    this.device = device;
  }

  /** Asks for scratch memory that all operations on this arena share, one after another. */
  void shareScratch(long bytes) {
    scratchBytes = Math.max(scratchBytes, bytes);
  }

  /** Runs an action when the arena is closed; the latest comes first. */
  void onClose(Runnable action) {
    closing.push(action);
  }

  /** Address of the shared scratch memory, a multiple of 256. */
  long scratch() {
    requireMemory();
    return scratch;
  }

  long base(DType dtype) {
    requireMemory();
    return bases[dtype.ordinal()];
  }

  @Override
  protected long extraBytes() {
    return scratchBytes + (DType.values().length + 1) * ALIGNMENT;
  }

  @Override
  protected void allocate() {
    long[] offsets = new long[bases.length];
    long end = 0;
    for (DType dtype : DType.values()) {
      offsets[dtype.ordinal()] = end;
      end = aligned(end + reserved(dtype) * dtype.bytes());
    }
    long bytes = Math.max(end + scratchBytes, ALIGNMENT);
    try {
      block = device.allocate(bytes);
    } catch (CudaException e) {
      if (e.status() != Driver.OUT_OF_MEMORY) {
        throw e;
      }
      throw new IllegalArgumentException(
          "%.2f GiB of device memory in one piece are needed, %.2f GiB are free: take a smaller batch, fewer replicas or a smaller model"
              .formatted(bytes * 0x1p-30, device.freeMemory() * 0x1p-30),
          e);
    }
    for (int i = 0; i < bases.length; i++) {
      bases[i] = block + offsets[i];
    }
    scratch = block + end;
  }

  @Override
  protected void release() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
    device.free(block);
    block = 0;
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
