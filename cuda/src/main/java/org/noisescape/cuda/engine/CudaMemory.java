package org.noisescape.cuda.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.DeviceTransfer;
import org.noisescape.cuda.device.KernelPair;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Tensor;

/** Transfers through pinned memory, part by part; conversions between types on the host. */
final class CudaMemory extends Memory {
  private static final int PART = DeviceTransfer.BYTES / 8;

  private final Device device;
  private final KernelPair fill;
  private final KernelPair copyRows;

  CudaMemory(Device device) {
    this.device = device;
    fill = new KernelPair(device, "memory", "fill");
    copyRows = new KernelPair(device, "memory", "copy_rows");
  }

  /** Moves elements from, …, from + count − 1 of an array to or from the pinned memory. */
  private interface Part {
    void move(MemorySegment pinned, int from, int count);
  }

  @Override
  protected void writeFloats(Tensor target, float[] source, int offset) {
    if (target.dtype() == DType.FLOAT32) {
      write(
          target,
          (pinned, from, count) ->
              MemorySegment.copy(source, offset + from, pinned, ValueLayout.JAVA_FLOAT, 0, count));
    } else {
      write(
          target,
          (pinned, from, count) -> {
            for (int i = 0; i < count; i++) {
              pinned.setAtIndex(ValueLayout.JAVA_DOUBLE, i, source[offset + from + i]);
            }
          });
    }
  }

  @Override
  protected void writeDoubles(Tensor target, double[] source) {
    if (target.dtype() == DType.FLOAT64) {
      write(
          target,
          (pinned, from, count) ->
              MemorySegment.copy(source, from, pinned, ValueLayout.JAVA_DOUBLE, 0, count));
    } else {
      write(
          target,
          (pinned, from, count) -> {
            for (int i = 0; i < count; i++) {
              pinned.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) source[from + i]);
            }
          });
    }
  }

  @Override
  protected void writeInts(Tensor target, int[] source) {
    write(
        target,
        (pinned, from, count) ->
            MemorySegment.copy(source, from, pinned, ValueLayout.JAVA_INT, 0, count));
  }

  @Override
  protected void readInto(Tensor source, double[] target) {
    if (source.dtype() == DType.FLOAT64) {
      read(
          source,
          (pinned, from, count) ->
              MemorySegment.copy(pinned, ValueLayout.JAVA_DOUBLE, 0, target, from, count));
    } else {
      read(
          source,
          (pinned, from, count) -> {
            for (int i = 0; i < count; i++) {
              target[from + i] = pinned.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            }
          });
    }
  }

  @Override
  protected void readInto(Tensor source, float[] target, int offset) {
    if (source.dtype() == DType.FLOAT32) {
      read(
          source,
          (pinned, from, count) ->
              MemorySegment.copy(pinned, ValueLayout.JAVA_FLOAT, 0, target, offset + from, count));
    } else {
      read(
          source,
          (pinned, from, count) -> {
            for (int i = 0; i < count; i++) {
              target[offset + from + i] = (float) pinned.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
            }
          });
    }
  }

  @Override
  protected void readInto(Tensor source, int[] target) {
    read(
        source,
        (pinned, from, count) ->
            MemorySegment.copy(pinned, ValueLayout.JAVA_INT, 0, target, from, count));
  }

  @Override
  protected void fillWith(Tensor target, double value) {
    fill.of(target.dtype())
        .with(Address.of(target))
        .with(Address.stride(target))
        .with(target.rowSize())
        .with(target.dim(0))
        .with(value)
        .over(target.rowSize(), target.dim(0));
  }

  @Override
  protected void copyInto(Tensor source, Tensor target) {
    if (source.isContiguous() && target.isContiguous()) {
      device.copy(Address.of(target), Address.of(source), source.size() * source.dtype().bytes());
      return;
    }
    // the kernel moves 4 or 8 bytes whatever they mean
    DType type = source.dtype() == DType.INT32 ? DType.FLOAT32 : source.dtype();
    copyRows
        .of(type)
        .with(Address.of(source))
        .with(Address.stride(source))
        .with(Address.of(target))
        .with(Address.stride(target))
        .with(source.rowSize())
        .with(source.dim(0))
        .over(source.rowSize(), source.dim(0));
  }

  private void write(Tensor tensor, Part part) {
    eachRun(
        tensor,
        (address, from, count) -> {
          part.move(device.transfer().memory(), from, count);
          device.transfer().send(address, (long) count * tensor.dtype().bytes());
        });
  }

  private void read(Tensor tensor, Part part) {
    eachRun(
        tensor,
        (address, from, count) -> {
          device.transfer().fetch(address, (long) count * tensor.dtype().bytes());
          part.move(device.transfer().memory(), from, count);
        });
  }

  private interface Run {
    void move(long address, int from, int count);
  }

  /** Runs of elements that follow each other in memory and fit the pinned piece. */
  private static void eachRun(Tensor tensor, Run run) {
    boolean whole = tensor.isContiguous();
    long rows = whole ? 1 : tensor.dim(0);
    long width = whole ? tensor.size() : tensor.rowSize();
    long stride = Address.stride(tensor) * tensor.dtype().bytes();
    for (long r = 0; r < rows; r++) {
      long row = Address.of(tensor) + r * stride;
      for (long first = 0; first < width; first += PART) {
        int count = (int) Math.min(PART, width - first);
        run.move(row + first * tensor.dtype().bytes(), Math.toIntExact(r * width + first), count);
      }
    }
  }
}
