package org.noisescape.tensor;

import java.util.Arrays;

/**
 * A view of engine memory: contiguous but for the first axis, which may have a larger stride.
 *
 * <p>The first axis counts replicas, so that a layer's weights are a view of the parameters (R, P)
 * with stride P. Making views allocates; do it when a network is bound, not in a step.
 */
public final class Tensor {
  private final Arena arena;
  private final DType dtype;
  private final long offset;
  private final long leadingStride;
  private final int[] shape;
  private Object handle;

  Tensor(Arena arena, DType dtype, long offset, long leadingStride, int[] shape) {
    this.arena = arena;
    this.dtype = dtype;
    this.offset = offset;
    this.leadingStride = leadingStride;
    this.shape = shape;
  }

  /** The arena that holds the elements. */
  public Arena arena() {
    return arena;
  }

  /** The engine that computes on this tensor. */
  public Engine engine() {
    return arena.engine();
  }

  /** Element type. */
  public DType dtype() {
    return dtype;
  }

  /** First element, counted in elements from the start of the arena's region of this type. */
  public long offset() {
    return offset;
  }

  /** Elements from one index of the first axis to the next. */
  public long leadingStride() {
    return leadingStride;
  }

  /** Number of axes. */
  public int rank() {
    return shape.length;
  }

  /** Length of one axis. */
  public int dim(int axis) {
    return shape[axis];
  }

  /** A copy of the shape. */
  public int[] shape() {
    return shape.clone();
  }

  /** Number of elements. */
  public long size() {
    return shape[0] * rowSize();
  }

  /** Elements of one index of the first axis. */
  public long rowSize() {
    return elements(shape, 1);
  }

  /** Number of elements of a shape, or of its axes from one on. */
  private static long elements(int[] shape, int from) {
    long size = 1;
    for (int axis = from; axis < shape.length; axis++) {
      size = Math.multiplyExact(size, shape[axis]);
    }
    return size;
  }

  /**
   * Number of elements of a shape.
   *
   * @throws ArithmeticException where that is no long
   */
  public static long elements(int... shape) {
    return elements(shape, 0);
  }

  /** Whether all elements follow each other without gaps. */
  public boolean isContiguous() {
    return shape[0] == 1 || leadingStride == rowSize();
  }

  /**
   * The same elements under another shape with the same first axis, or any shape of the same size
   * where this tensor is contiguous.
   */
  public Tensor reshape(int... newShape) {
    long size = elements(newShape);
    boolean fits = size == size() && (newShape[0] == shape[0] || isContiguous());
    if (!fits) {
      throw new IllegalArgumentException(
          "cannot view " + describe() + " as " + Arrays.toString(newShape));
    }
    long rows = newShape[0] == 0 ? 0 : size / newShape[0];
    long stride = newShape[0] == shape[0] ? leadingStride : rows;
    return new Tensor(arena, dtype, offset, stride, newShape.clone());
  }

  /**
   * The first elements of a contiguous tensor under another shape, itself contiguous.
   *
   * @param newShape of no more elements than there are
   */
  public Tensor prefix(int... newShape) {
    long rows = elements(newShape, 1);
    if (!isContiguous() || newShape[0] * rows > size()) {
      throw new IllegalArgumentException(
          "no first " + describe(newShape) + " elements in " + describe());
    }
    return new Tensor(arena, dtype, offset, rows, newShape.clone());
  }

  /**
   * For each index of the first axis, elements start, start + 1, … of its row under a shape.
   *
   * @param start first element within a row
   * @param inner shape without the first axis
   */
  public Tensor slice(long start, int... inner) {
    int[] newShape = new int[inner.length + 1];
    newShape[0] = shape[0];
    System.arraycopy(inner, 0, newShape, 1, inner.length);
    long size = elements(inner);
    if (start < 0 || start + size > rowSize()) {
      throw new IllegalArgumentException(
          "slice of " + size + " elements at " + start + " leaves the rows of " + describe());
    }
    return new Tensor(arena, dtype, offset + start, leadingStride, newShape);
  }

  /** Indices first, …, first + count − 1 of the first axis. */
  public Tensor rows(int first, int count) {
    if (first < 0 || count < 0 || first + count > shape[0]) {
      throw new IllegalArgumentException(
          "rows " + first + " to " + (first + count - 1) + " leave " + describe());
    }
    int[] newShape = shape.clone();
    newShape[0] = count;
    return new Tensor(arena, dtype, offset + first * leadingStride, leadingStride, newShape);
  }

  /** One replica, with its first axis of length 1 kept. */
  public Tensor replica(int replica) {
    return rows(replica, 1);
  }

  /** What the engine keeps beside this view, for example an address; null before first use. */
  public Object handle() {
    return handle;
  }

  /** Sets what the engine keeps beside this view. For engines only. */
  public void handle(Object value) {
    this.handle = value;
  }

  /** Shape and type for messages, for example {@code (1, 128, 784) float32}. */
  public String describe() {
    return describe(shape) + " " + dtype.label();
  }

  /** Shape for messages, for example {@code (1, 128, 784)}. */
  public static String describe(int[] shape) {
    String inner = Arrays.toString(shape);
    return "(" + inner.substring(1, inner.length() - 1) + ")";
  }

  @Override
  public String toString() {
    return "Tensor" + describe();
  }
}
