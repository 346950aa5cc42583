package org.noisescape.tensor;

import java.util.OptionalLong;

/** Transfers between Java arrays and engine memory, copies and fills. */
public abstract class Memory {
  /** Writes size() floats from an array, row by row; floating tensors only. */
  public final void write(Tensor target, float[] source, int offset) {
    Check.floating("write", "target", target);
    bounds("write", target, source.length, offset);
    writeFloats(target, source, offset);
  }

  /** Writes all elements; floating tensors only. */
  public final void write(Tensor target, double... source) {
    Check.floating("write", "target", target);
    exact("write", target, source.length);
    writeDoubles(target, source);
  }

  /** Writes all elements of an int32 tensor. */
  public final void write(Tensor target, int... source) {
    Check.dtype("write", "target", target, DType.INT32);
    exact("write", target, source.length);
    writeInts(target, source);
  }

  /** Reads all elements of a floating tensor. */
  public final double[] readDoubles(Tensor source) {
    double[] values = new double[Math.toIntExact(source.size())];
    read(source, values);
    return values;
  }

  /** Reads all elements of a floating tensor into an array of its size. */
  public final void read(Tensor source, double[] target) {
    Check.floating("read", "source", source);
    exact("read", source, target.length);
    readInto(source, target);
  }

  /** Reads all elements of a floating tensor as floats, from an offset of the array on. */
  public final void read(Tensor source, float[] target, int offset) {
    Check.floating("read", "source", source);
    bounds("read", source, target.length, offset);
    readInto(source, target, offset);
  }

  /** Reads all elements of an int32 tensor. */
  public final int[] readInts(Tensor source) {
    Check.dtype("read", "source", source, DType.INT32);
    int[] values = new int[Math.toIntExact(source.size())];
    readInto(source, values);
    return values;
  }

  /** Sets every element of a floating tensor. */
  public final void fill(Tensor target, double value) {
    Check.floating("fill", "target", target);
    fillWith(target, value);
  }

  /** Copies between tensors of one shape and type. */
  public final void copy(Tensor source, Tensor target) {
    Check.same("copy", "source", source, "target", target);
    copyInto(source, target);
  }

  /** Engine part of {@link #write(Tensor, float[], int)}. */
  protected abstract void writeFloats(Tensor target, float[] source, int offset);

  /** Engine part of {@link #write(Tensor, double...)}. */
  protected abstract void writeDoubles(Tensor target, double[] source);

  /** Engine part of {@link #write(Tensor, int...)}. */
  protected abstract void writeInts(Tensor target, int[] source);

  /** Engine part of {@link #read(Tensor, double[])}. */
  protected abstract void readInto(Tensor source, double[] target);

  /** Engine part of {@link #read(Tensor, float[], int)}. */
  protected abstract void readInto(Tensor source, float[] target, int offset);

  /** Engine part of {@link #readInts}. */
  protected abstract void readInto(Tensor source, int[] target);

  /** Engine part of {@link #fill}. */
  protected abstract void fillWith(Tensor target, double value);

  /** Engine part of {@link #copy}. */
  protected abstract void copyInto(Tensor source, Tensor target);

  private static void exact(String operation, Tensor tensor, int length) {
    if (tensor.size() != length) {
      throw Check.wrong(
          operation, "the array has " + length + " elements, the tensor " + tensor.describe());
    }
  }

  /**
   * Address of a tensor's first element in the memory of this process, for other libraries; nothing
   * where the elements lie elsewhere. It holds until the arena is closed.
   *
   * @throws IllegalStateException where the arena is not committed, or closed
   */
  public final OptionalLong address(Tensor tensor) {
    return addressOf(tensor);
  }

  /** Engine part of {@link #address}. */
  protected OptionalLong addressOf(Tensor tensor) {
    return OptionalLong.empty();
  }

  private static void bounds(String operation, Tensor tensor, int length, int offset) {
    if (offset < 0 || tensor.size() > length - offset) {
      throw Check.wrong(
          operation,
          "the array has " + length + " elements from " + offset + " on, " + tensor.describe());
    }
  }
}
