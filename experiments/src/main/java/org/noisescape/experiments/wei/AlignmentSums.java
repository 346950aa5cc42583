package org.noisescape.experiments.wei;

import org.noisescape.curvature.Curvature;
import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Tensor;

/**
 * Traces of products of the Hessian H and the covariance S of the per-sample gradients, exact.
 *
 * <p>H and S are taken row by row, by products with all unit vectors, and not kept: tr(AB) = Σ_ij
 * a_ij b_ij. The second moment M = (1/N) Σ g_μ g_μᵀ = S + ḡ ḡᵀ follows from H ḡ and S ḡ: tr(HM) =
 * tr(HS) + ḡᵀHḡ and tr(MM) = tr(SS) + 2 ḡᵀSḡ + ‖ḡ‖⁴. A factor of C, such as 1/B, drops out of every
 * cosine. Cost: P products of each; memory: three blocks of vectors.
 *
 * @param dimension P
 * @param products tr(HS)
 * @param hessianSquares tr(HH)
 * @param covarianceSquares tr(SS)
 * @param hessianTrace tr H
 * @param covarianceTrace tr S
 * @param gradientSquared ‖ḡ‖²
 * @param gradientHessian ḡᵀHḡ
 * @param gradientCovariance ḡᵀSḡ
 */
record AlignmentSums(
    int dimension,
    double products,
    double hessianSquares,
    double covarianceSquares,
    double hessianTrace,
    double covarianceTrace,
    double gradientSquared,
    double gradientHessian,
    double gradientCovariance) {

  /** At the θ that the curvature is at. */
  static AlignmentSums of(Curvature curvature) {
    double[] gradient = curvature.engine().memory().readDoubles(curvature.gradient());
    return of(curvature.hessian(), curvature.covariance(), gradient);
  }

  /** Of two operators on one engine, and ḡ (P). */
  static AlignmentSums of(LinearOperator hessian, LinearOperator covariance, double... gradient) {
    int dimension = hessian.dimension();
    int block = Math.min(hessian.block(), dimension);
    Memory memory = hessian.engine().memory();
    Totals totals = new Totals(gradient);
    double[] h = new double[dimension];
    double[] s = new double[dimension];
    try (Arena arena = hessian.engine().arena()) {
      Tensor units = arena.reserve(hessian.dtype(), block, dimension);
      Tensor hRows = arena.reserve(hessian.dtype(), block, dimension);
      Tensor sRows = arena.reserve(hessian.dtype(), block, dimension);
      arena.commit();
      memory.fill(units, 0);
      for (int from = 0; from < dimension; from += block) {
        int count = Math.min(block, dimension - from);
        diagonal(units, from, count, 1);
        hessian.apply(units.rows(0, count), hRows.rows(0, count));
        covariance.apply(units.rows(0, count), sRows.rows(0, count));
        diagonal(units, from, count, 0);
        for (int r = 0; r < count; r++) {
          memory.read(hRows.rows(r, 1), h);
          memory.read(sRows.rows(r, 1), s);
          totals.add(from + r, h, s);
        }
      }
    }
    return totals.sums();
  }

  /** CS(H, S), the covariance centred. */
  double centred() {
    return products / Math.sqrt(hessianSquares * covarianceSquares);
  }

  /** CS(H, M), the second moment of the text. */
  double uncentred() {
    return (products + gradientHessian) / Math.sqrt(hessianSquares * momentSquares());
  }

  /**
   * Mean of CS(H, Q M Qᵀ) over all rotations Q: tr H tr M / (P ‖H‖ ‖M‖), what two matrices of these
   * spectra have in common without any alignment of their eigenvectors.
   */
  double rotated() {
    double trace = covarianceTrace + gradientSquared;
    return hessianTrace * trace / (dimension * Math.sqrt(hessianSquares * momentSquares()));
  }

  /** tr(MM). */
  private double momentSquares() {
    return covarianceSquares + 2 * gradientCovariance + gradientSquared * gradientSquared;
  }

  private static void diagonal(Tensor units, int from, int count, double value) {
    for (int r = 0; r < count; r++) {
      units.engine().memory().fill(units.rows(r, 1).slice(from + r, 1), value);
    }
  }

  /** Sums over rows. */
  private static final class Totals {
    private final double[] gradient;
    private double products;
    private double hessianSquares;
    private double covarianceSquares;
    private double hessianTrace;
    private double covarianceTrace;
    private double gradientHessian;
    private double gradientCovariance;

    Totals(double[] gradient) {
      this.gradient = gradient;
    }

    void add(int row, double[] h, double[] s) {
      products += dot(h, s);
      hessianSquares += dot(h, h);
      covarianceSquares += dot(s, s);
      hessianTrace += h[row];
      covarianceTrace += s[row];
      gradientHessian += gradient[row] * dot(h, gradient);
      gradientCovariance += gradient[row] * dot(s, gradient);
    }

    AlignmentSums sums() {
      return new AlignmentSums(
          gradient.length,
          products,
          hessianSquares,
          covarianceSquares,
          hessianTrace,
          covarianceTrace,
          dot(gradient, gradient),
          gradientHessian,
          gradientCovariance);
    }

    private static double dot(double[] x, double[] y) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += x[i] * y[i];
      }
      return sum;
    }
  }
}
