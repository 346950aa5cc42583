package org.noisescape.krylov;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/**
 * How two subspaces lie to each other, from orthonormal rows of both.
 *
 * @param overlap ‖V_A V_Bᵀ‖_F² / k, k the smaller dimension: 1 where one holds the other, 0 where
 *     they are orthogonal; by chance about the larger dimension over P
 * @param angles principal angles in radians, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record SubspaceOverlap(double overlap, double[] angles) {
  /**
   * Compares the spans of rows (k, P) and (l, P).
   *
   * <p>Angles up to π/4 come from the sines, the singular values of what the smaller space has
   * outside the larger, as cosines near 1 say nothing on small angles (Björck and Golub 1973).
   * Error: a rounding of the element type, and as far as the rows miss orthonormality.
   */
  public static SubspaceOverlap of(Tensor a, Tensor b) {
    if (a.rank() != 2 || b.rank() != 2 || a.dim(1) != b.dim(1) || a.dtype() != b.dtype()) {
      throw new IllegalArgumentException(
          "subspaces must be rows of one length and type, got "
              + a.describe()
              + " and "
              + b.describe());
    }
    Tensor larger = a.dim(0) >= b.dim(0) ? a : b;
    Tensor smaller = a.dim(0) >= b.dim(0) ? b : a;
    int of = larger.dim(0);
    int k = smaller.dim(0);
    try (Arena arena = a.engine().arena()) {
      Basis basis = new Basis(arena, a.dtype(), of + k, a.dim(1), Math.max(of, k), 0);
      arena.commit();
      a.engine().memory().copy(larger, basis.vectors(0, of));
      a.engine().memory().copy(smaller, basis.vectors(of, k));
      double[][] cosines = basis.project(0, of, k);
      double overlap = 0;
      for (double[] row : cosines) {
        for (double entry : row) {
          overlap += entry * entry / k;
        }
      }
      // singular values of V_B V_Aᵀ, descending, and of the rows that are left, ascending
      double[] cosine =
          new SingularValueDecomposition(new Array2DRowRealMatrix(cosines)).getSingularValues();
      double[] sine = lengths(basis, of, k);
      double[] angles = new double[k];
      Arrays.setAll(
          angles,
          i ->
              sine[i] < Math.sqrt(0.5)
                  ? Math.asin(sine[i])
                  : Math.acos(Math.clamp(cosine[i], 0, 1)));
      return new SubspaceOverlap(overlap, angles);
    }
  }

  /** Singular values, ascending, of rows that were unit vectors: those of their factor R. */
  private static double[] lengths(Basis basis, int first, int count) {
    double[] unit = new double[count];
    Arrays.fill(unit, 1);
    int room = Math.min(count, basis.vectors(0, 1).dim(1) - first);
    double[][] triangle = basis.orthonormalise(first, count, unit, room);
    double[] ascending = new double[count];
    if (triangle[0].length > 0) {
      double[] values =
          new SingularValueDecomposition(new Array2DRowRealMatrix(triangle)).getSingularValues();
      for (int i = 0; i < values.length; i++) {
        ascending[count - 1 - i] = Math.min(1, values[i]);
      }
    }
    return ascending;
  }
}
