package org.noisescape.linop;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Eigenvalues with eigenvectors of length 1, off the heap; close it after use. */
public final class EigenDecomposition implements AutoCloseable {
  private static final ValueLayout.OfDouble REAL = ValueLayout.JAVA_DOUBLE;

  /** Vectors whose residuals are computed at once. */
  private static final int GROUP = 64;

  private final Eigenvalues eigenvalues;
  private final NativeMemory.Block block;

  EigenDecomposition(Eigenvalues eigenvalues, NativeMemory.Block block) {
    this.eigenvalues = eigenvalues;
    this.block = block;
  }

  /** Memory of k vectors in n dimensions, 8nk. */
  static long bytes(int n, int k) {
    return (long) Double.BYTES * n * k;
  }

  /** The values, ascending. */
  public Eigenvalues eigenvalues() {
    return eigenvalues;
  }

  /** Number of eigenpairs. */
  public int count() {
    return eigenvalues.values().length;
  }

  /** The eigenvector of value i of {@link #eigenvalues}, of length 1 and either sign. */
  public void vector(int i, double[] out) {
    if (i < 0 || i >= count()) {
      throw new IllegalArgumentException(
          "eigenvector must be one of 0 to " + (count() - 1) + ", got " + i);
    }
    int n = eigenvalues.dimension();
    MemorySegment.copy(block.segment(), REAL, bytes(n, i), out, 0, n);
  }

  /**
   * ‖A v_i − λ_i v_i‖₂ for each pair: an eigenvalue of A lies within it of λ_i.
   *
   * <p>Cost: 2n²k operations.
   *
   * @param matrix A
   */
  public double[] residuals(SymmetricMatrix matrix) {
    int n = eigenvalues.dimension();
    if (matrix.dimension() != n) {
      throw new IllegalArgumentException(
          "the matrix must have dimension " + n + ", got " + matrix.dimension());
    }
    double[] residuals = new double[count()];
    double[] image = new double[n];
    double[] vector = new double[n];
    int group = Math.min(GROUP, count());
    try (NativeMemory.Block images = matrix.memory().take("residuals", bytes(n, group))) {
      for (int first = 0; first < count(); first += group) {
        int size = Math.min(group, count() - first);
        MemorySegment vectors = block.segment().asSlice(bytes(n, first), bytes(n, size));
        Lapack.multiply(n, size, matrix.elements(), vectors, images.segment());
        for (int i = 0; i < size; i++) {
          MemorySegment.copy(images.segment(), REAL, bytes(n, i), image, 0, n);
          vector(first + i, vector);
          residuals[first + i] = residual(image, vector, eigenvalues.values()[first + i]);
        }
      }
    }
    return residuals;
  }

  private double residual(double[] image, double[] vector, double value) {
    double norm = eigenvalues.norm();
    if (norm == 0) {
      return 0;
    }
    double sum = 0;
    for (int j = 0; j < image.length; j++) {
      double relative = (image[j] - value * vector[j]) / norm;
      sum += relative * relative;
    }
    return norm * Math.sqrt(sum);
  }

  @Override
  public void close() {
    block.close();
  }
}
