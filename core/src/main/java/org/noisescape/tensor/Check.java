package org.noisescape.tensor;

/** Checks of arguments at the boundary of the engine families. */
final class Check {
  private Check() {}

  /** Requires a shape; −1 stands for any length. */
  static void shape(String operation, String name, Tensor tensor, int... expected) {
    boolean same = tensor.rank() == expected.length;
    for (int axis = 0; same && axis < expected.length; axis++) {
      same = expected[axis] == -1 || expected[axis] == tensor.dim(axis);
    }
    if (!same) {
      throw mismatch(operation, name, Tensor.describe(expected), tensor);
    }
  }

  static void rank(String operation, String name, Tensor tensor, int rank) {
    if (tensor.rank() != rank) {
      throw mismatch(operation, name, rank + " axes", tensor);
    }
  }

  static void dtype(String operation, String name, Tensor tensor, DType expected) {
    if (tensor.dtype() != expected) {
      throw mismatch(operation, name, expected.label(), tensor);
    }
  }

  static void floating(String operation, String name, Tensor tensor) {
    if (!tensor.dtype().isFloating()) {
      throw mismatch(operation, name, "float32 or float64", tensor);
    }
  }

  static void same(String operation, String first, Tensor a, String second, Tensor b) {
    boolean same = a.rank() == b.rank() && a.dtype() == b.dtype();
    for (int axis = 0; same && axis < a.rank(); axis++) {
      same = a.dim(axis) == b.dim(axis);
    }
    if (!same) {
      throw mismatch(operation, second, "the shape and type of " + first + ", " + a.describe(), b);
    }
  }

  static void that(boolean condition, String operation, String message) {
    if (!condition) {
      throw new IllegalArgumentException(operation + ": " + message);
    }
  }

  private static IllegalArgumentException mismatch(
      String operation, String name, String expected, Tensor got) {
    return new IllegalArgumentException(
        operation + ": " + name + " must be " + expected + ", got " + got.describe());
  }
}
