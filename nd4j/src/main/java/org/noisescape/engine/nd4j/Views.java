package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/** ND4J arrays over the memory of tensors; writing to them writes to the tensor. */
final class Views {
  private Views() {}

  /** The tensor under its own shape, made once and kept in its handle. */
  static INDArray of(Tensor tensor) {
    INDArray region = region(tensor);
    if (tensor.handle() instanceof INDArray view) {
      return view;
    }
    int[] dims = tensor.shape();
    long[] shape = new long[dims.length];
    for (int axis = 0; axis < dims.length; axis++) {
      shape[axis] = dims[axis];
    }
    INDArray view = strided(region, tensor.offset(), tensor.leadingStride(), shape);
    tensor.handle(view);
    return view;
  }

  /** The leading elements of each row under another shape with the same first axis. */
  static INDArray of(Tensor tensor, long... shape) {
    return strided(region(tensor), tensor.offset(), tensor.leadingStride(), shape);
  }

  /** The tensor as a matrix, a row for each index of the first axis. */
  static INDArray matrix(Tensor tensor) {
    return of(tensor, tensor.dim(0), tensor.rowSize());
  }

  /** One index of the first axis, contiguous, under another shape. */
  static INDArray row(Tensor tensor, int row, long... shape) {
    long inner = 1;
    for (int axis = 1; axis < shape.length; axis++) {
      inner *= shape[axis];
    }
    return strided(region(tensor), tensor.offset() + row * tensor.leadingStride(), inner, shape);
  }

  /** A view of ND4J memory with explicit strides. */
  static INDArray strided(INDArray base, long offset, long[] shape, long[] strides) {
    return Nd4j.create(base.data(), shape, strides, base.offset() + offset, 'c');
  }

  /** All elements of an int32 tensor, row by row. */
  static int[] ints(Tensor tensor) {
    return of(tensor).dup('c').data().asInt();
  }

  /** All elements of a floating tensor, row by row. */
  static double[] doubles(Tensor tensor) {
    return of(tensor).dup('c').data().asDouble();
  }

  /** ND4J's name of an element type. */
  static DataType type(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> DataType.FLOAT;
      case FLOAT64 -> DataType.DOUBLE;
      case INT32 -> DataType.INT32;
    };
  }

  private static INDArray strided(INDArray region, long offset, long leading, long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = shape.length - 1; axis > 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    strides[0] = leading;
    return strided(region, offset, shape, strides);
  }

  private static INDArray region(Tensor tensor) {
    if (tensor.arena() instanceof Nd4jArena arena) {
      return arena.region(tensor.dtype());
    }
    throw new IllegalArgumentException(
        "tensor "
            + tensor.describe()
            + " belongs to engine '"
            + tensor.engine().name()
            + "', not to 'nd4j': allocate it from the engine that computes");
  }
}
