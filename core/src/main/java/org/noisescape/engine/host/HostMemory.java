package org.noisescape.engine.host;

import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Tensor;

/** Transfers between Java arrays and native memory. */
final class HostMemory extends Memory {
  private final Workers workers;
  private final Copy copy = new Copy();

  HostMemory(Workers workers) {
    this.workers = workers;
  }

  @Override
  protected void writeFloats(Tensor target, float[] source, int offset) {
    int width = Math.toIntExact(target.rowSize());
    long address = Native.address(target);
    for (int r = 0; r < target.dim(0); r++, address += Native.rowBytes(target)) {
      int from = offset + r * width;
      if (target.dtype() == DType.FLOAT32) {
        MemorySegment.copy(source, from, Native.ALL, Native.FLOAT, address, width);
      } else {
        for (int i = 0; i < width; i++) {
          Native.ALL.set(Native.DOUBLE, address + 8L * i, source[from + i]);
        }
      }
    }
  }

  @Override
  protected void writeDoubles(Tensor target, double[] source) {
    int width = Math.toIntExact(target.rowSize());
    long address = Native.address(target);
    for (int r = 0; r < target.dim(0); r++, address += Native.rowBytes(target)) {
      if (target.dtype() == DType.FLOAT64) {
        MemorySegment.copy(source, r * width, Native.ALL, Native.DOUBLE, address, width);
      } else {
        for (int i = 0; i < width; i++) {
          Native.ALL.set(Native.FLOAT, address + 4L * i, (float) source[r * width + i]);
        }
      }
    }
  }

  @Override
  protected void writeInts(Tensor target, int[] source) {
    int width = Math.toIntExact(target.rowSize());
    long address = Native.address(target);
    for (int r = 0; r < target.dim(0); r++, address += Native.rowBytes(target)) {
      MemorySegment.copy(source, r * width, Native.ALL, Native.INT, address, width);
    }
  }

  @Override
  protected void readInto(Tensor source, double[] target) {
    int width = Math.toIntExact(source.rowSize());
    long address = Native.address(source);
    for (int r = 0; r < source.dim(0); r++, address += Native.rowBytes(source)) {
      if (source.dtype() == DType.FLOAT64) {
        MemorySegment.copy(Native.ALL, Native.DOUBLE, address, target, r * width, width);
      } else {
        for (int i = 0; i < width; i++) {
          target[r * width + i] = Native.ALL.get(Native.FLOAT, address + 4L * i);
        }
      }
    }
  }

  @Override
  protected void readInto(Tensor source, float[] target, int offset) {
    int width = Math.toIntExact(source.rowSize());
    long address = Native.address(source);
    for (int r = 0; r < source.dim(0); r++, address += Native.rowBytes(source)) {
      int to = offset + r * width;
      if (source.dtype() == DType.FLOAT32) {
        MemorySegment.copy(Native.ALL, Native.FLOAT, address, target, to, width);
      } else {
        for (int i = 0; i < width; i++) {
          target[to + i] = (float) Native.ALL.get(Native.DOUBLE, address + 8L * i);
        }
      }
    }
  }

  @Override
  protected void readInto(Tensor source, int[] target) {
    int width = Math.toIntExact(source.rowSize());
    long address = Native.address(source);
    for (int r = 0; r < source.dim(0); r++, address += Native.rowBytes(source)) {
      MemorySegment.copy(Native.ALL, Native.INT, address, target, r * width, width);
    }
  }

  @Override
  protected void fillWith(Tensor target, double value) {
    long width = target.rowSize();
    long address = Native.address(target);
    for (int r = 0; r < target.dim(0); r++, address += Native.rowBytes(target)) {
      if (target.dtype() == DType.FLOAT32) {
        for (long i = 0; i < width; i++) {
          Native.ALL.set(Native.FLOAT, address + 4 * i, (float) value);
        }
      } else {
        for (long i = 0; i < width; i++) {
          Native.ALL.set(Native.DOUBLE, address + 8 * i, value);
        }
      }
    }
  }

  @Override
  protected void copyInto(Tensor source, Tensor target) {
    long bytes = source.rowSize() * source.dtype().bytes();
    for (int r = 0; r < source.dim(0); r++) {
      copy.from = Native.address(source) + r * Native.rowBytes(source);
      copy.to = Native.address(target) + r * Native.rowBytes(target);
      workers.run(copy, bytes, 4096, bytes / 8);
    }
  }

  @Override
  protected OptionalLong addressOf(Tensor tensor) {
    return OptionalLong.of(Native.address(tensor));
  }

  private static final class Copy implements Workers.Task {
    private long from;
    private long to;

    @Override
    public void run(long first, long end) {
      MemorySegment.copy(Native.ALL, from + first, Native.ALL, to + first, end - first);
    }
  }
}
