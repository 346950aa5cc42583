package org.noisescape.tensor;

/** Products and sums of matrices and vectors, batched over the first axis. */
public abstract class LinearAlgebra {
  /**
   * C_r ← α op(A_r) op(B_r) + β C_r for every r.
   *
   * <p>Shapes: op(A) (R, m, k), op(B) (R, k, n), C (R, m, n); A or B may have a first axis of 1,
   * shared by all r. β = 0 ignores what C held, NaN included. Cost: 2 R m n k operations.
   */
  public final void gemm(
      Transpose transposeA,
      Transpose transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    Check.floating("gemm", "C", c);
    Check.rank("gemm", "C", c, 3);
    int m = c.dim(1);
    int n = c.dim(2);
    Check.rank("gemm", "A", a, 3);
    int k = transposeA == Transpose.NO ? a.dim(2) : a.dim(1);
    operand("A", a, c, transposeA == Transpose.NO ? m : k, transposeA == Transpose.NO ? k : m);
    operand("B", b, c, transposeB == Transpose.NO ? k : n, transposeB == Transpose.NO ? n : k);
    multiply(transposeA, transposeB, m, n, k, alpha, a, b, beta, c);
  }

  /**
   * y_r ← y_r + α_r x_r.
   *
   * <p>Shapes: α (R) float64; x, y (R, P).
   */
  public final void axpy(Tensor alpha, Tensor x, Tensor y) {
    coefficients("axpy", alpha, y);
    Check.same("axpy", "x", x, "y", y);
    addScaled(alpha, x, y);
  }

  /**
   * y_r ← α x_r + β y_r with constants α and β; β = 0 ignores what y held.
   *
   * <p>Shapes: x, y alike.
   */
  public final void axpby(double alpha, Tensor x, double beta, Tensor y) {
    Check.floating("axpby", "y", y);
    Check.same("axpby", "x", x, "y", y);
    combine(alpha, x, beta, y);
  }

  /**
   * out ← out + (offset + a) ⊙ b, accumulated in float64: Gram matrices of gradients from those of
   * inputs and cotangents.
   *
   * <p>Shapes: a, b alike, of one floating type; out of the same shape, float64.
   */
  public final void addProducts(double offset, Tensor a, Tensor b, Tensor out) {
    Check.floating("addProducts", "a", a);
    Check.same("addProducts", "a", a, "b", b);
    Check.dtype("addProducts", "out", out, DType.FLOAT64);
    Check.sameShape("addProducts", "a", a, "out", out);
    accumulateProducts(offset, a, b, out);
  }

  /** Engine part of {@link #gemm}. */
  protected abstract void multiply(
      Transpose transposeA,
      Transpose transposeB,
      int m,
      int n,
      int k,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c);

  /** Engine part of {@link #addProducts}. */
  protected abstract void accumulateProducts(double offset, Tensor a, Tensor b, Tensor out);

  /** Engine part of {@link #axpy}. */
  protected abstract void addScaled(Tensor alpha, Tensor x, Tensor y);

  /** Engine part of {@link #axpby}. */
  protected abstract void combine(double alpha, Tensor x, double beta, Tensor y);

  static void coefficients(String operation, Tensor alpha, Tensor like) {
    Check.dtype(operation, "the coefficients", alpha, DType.FLOAT64);
    Check.shape(operation, "the coefficients", alpha, like.dim(0));
  }

  private static void operand(String name, Tensor operand, Tensor c, int rows, int columns) {
    Check.dtype("gemm", name, operand, c.dtype());
    Check.shape("gemm", name, operand, operand.dim(0) == 1 ? 1 : c.dim(0), rows, columns);
  }
}
