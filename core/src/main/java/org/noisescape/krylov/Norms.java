package org.noisescape.krylov;

import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/** Inner products of rows, summed in float64. */
final class Norms {
  private final Tensor sums;
  private final Rows views;

  /** Reserves room for some rows at once. */
  Norms(Arena arena, int rows) {
    sums = arena.reserve(DType.FLOAT64, rows, 1);
    views = new Rows(sums);
  }

  static long bytes(int rows) {
    return Reserved.bytes(DType.FLOAT64, rows);
  }

  /** x_r · y_r. */
  double[] dot(Tensor x, Tensor y) {
    Tensor out = views.vectors(0, x.dim(0)).reshape(x.dim(0));
    x.engine().reduction().dot(x, y, out);
    return x.engine().memory().readDoubles(out);
  }

  /** ‖x_r‖. */
  double[] of(Tensor x) {
    double[] norms = dot(x, x);
    for (int r = 0; r < norms.length; r++) {
      norms[r] = Math.sqrt(norms[r]);
    }
    return norms;
  }

  /** y_r ← y_r + α_r x_r. */
  void axpy(double[] alpha, Tensor x, Tensor y) {
    Tensor factors = views.vectors(0, alpha.length).reshape(alpha.length);
    x.engine().memory().write(factors, alpha);
    x.engine().linearAlgebra().axpy(factors, x, y);
  }
}
