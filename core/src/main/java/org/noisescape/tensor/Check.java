package org.noisescape.tensor;

import java.util.Arrays;

/** Checks of arguments at the boundary of the engine families. */
final class Check {
  private static final int ANY = -1;

  private Check() {}

  /** Requires a shape of one axis. */
  static void shape(String operation, String name, Tensor tensor, int first) {
    shape(operation, name, tensor, 1, first, ANY, ANY, ANY);
  }

  /** Requires a shape of two axes; −1 stands for any length. */
  static void shape(String operation, String name, Tensor tensor, int first, int second) {
    shape(operation, name, tensor, 2, first, second, ANY, ANY);
  }

  /** Requires a shape of three axes. */
  static void shape(
      String operation, String name, Tensor tensor, int first, int second, int third) {
    shape(operation, name, tensor, 3, first, second, third, ANY);
  }

  /** Requires a shape of four axes. */
  static void shape(
      String operation, String name, Tensor tensor, int first, int second, int third, int fourth) {
    shape(operation, name, tensor, 4, first, second, third, fourth);
  }

  /** No array is made unless the check fails: checks run in every training step. */
  private static void shape(
      String operation, String name, Tensor tensor, int rank, int a, int b, int c, int d) {
    boolean same =
        tensor.rank() == rank
            && fits(tensor, 0, a)
            && (rank < 2 || fits(tensor, 1, b))
            && (rank < 3 || fits(tensor, 2, c))
            && (rank < 4 || fits(tensor, 3, d));
    if (!same) {
      int[] expected = Arrays.copyOf(new int[] {a, b, c, d}, rank);
      throw mismatch(operation, name, Tensor.describe(expected), tensor);
    }
  }

  private static boolean fits(Tensor tensor, int axis, int expected) {
    return expected == ANY || tensor.dim(axis) == expected;
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

  static void sameShape(String operation, String first, Tensor a, String second, Tensor b) {
    boolean same = a.rank() == b.rank();
    for (int axis = 0; same && axis < a.rank(); axis++) {
      same = a.dim(axis) == b.dim(axis);
    }
    if (!same) {
      throw mismatch(operation, second, "the shape of " + first + ", " + a.describe(), b);
    }
  }

  /** An error of an operation's arguments; made by the caller only where a check failed. */
  static IllegalArgumentException wrong(String operation, String message) {
    return new IllegalArgumentException(operation + ": " + message);
  }

  private static IllegalArgumentException mismatch(
      String operation, String name, String expected, Tensor got) {
    return new IllegalArgumentException(
        operation + ": " + name + " must be " + expected + ", got " + got.describe());
  }
}
