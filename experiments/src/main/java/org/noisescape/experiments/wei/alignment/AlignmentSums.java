package org.noisescape.experiments.wei.alignment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.noisescape.curvature.Curvature;
import org.noisescape.linop.LinearOperator;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/**
 * Traces of products of the Hessian H, the covariance S of the per-sample gradients and their
 * second moment M = (1/N) Σ g_μ g_μᵀ = S + ḡ ḡᵀ, the text's C but for a factor.
 *
 * <p>tr(AB) = Σ_v Av·Bv over all unit vectors v, which is exact, or the mean of Az·Bz over random
 * signs z (Hutchinson 1990), all traces with the same z. A factor of C, such as 1/B, drops out of
 * every cosine. Cost: a product with H and one with S a vector; memory: three blocks of vectors.
 *
 * @param dimension P
 * @param vectors how many
 * @param similarityError standard error of {@link #uncentred} by the jackknife over random vectors;
 *     0 where exact
 * @param hessianMoment tr(HM)
 * @param hessianCovariance tr(HS)
 * @param hessianSquares tr(HH)
 * @param momentSquares tr(MM)
 * @param covarianceSquares tr(SS)
 * @param hessianTrace tr H
 * @param momentTrace tr M
 */
record AlignmentSums(
    int dimension,
    int vectors,
    double similarityError,
    double hessianMoment,
    double hessianCovariance,
    double hessianSquares,
    double momentSquares,
    double covarianceSquares,
    double hessianTrace,
    double momentTrace) {

  /**
   * At the θ that the curvature is at.
   *
   * @param vectors random vectors, empty for exact traces
   * @param seed of the random vectors
   */
  static AlignmentSums of(Curvature curvature, Optional<Integer> vectors, long seed) {
    double[] gradient = curvature.engine().memory().readDoubles(curvature.gradient());
    return of(curvature.hessian(), curvature.covariance(), gradient, vectors, seed);
  }

  /** Of two operators on one engine, and ḡ (P). */
  static AlignmentSums of(
      LinearOperator hessian,
      LinearOperator covariance,
      double[] gradient,
      Optional<Integer> vectors,
      long seed) {
    int dimension = hessian.dimension();
    int count = vectors.orElse(dimension);
    int block = Math.min(hessian.block(), count);
    List<double[]> terms = new ArrayList<>();
    try (Arena arena = hessian.engine().arena()) {
      Tensor x = arena.reserve(hessian.dtype(), block, dimension);
      Tensor hx = arena.reserve(hessian.dtype(), block, dimension);
      Tensor sx = arena.reserve(hessian.dtype(), block, dimension);
      arena.commit();
      double[] v = new double[dimension];
      double[] h = new double[dimension];
      double[] s = new double[dimension];
      for (int from = 0; from < count; from += block) {
        int rows = Math.min(block, count - from);
        for (int r = 0; r < rows; r++) {
          fill(v, from + r, vectors.isEmpty(), seed);
          x.engine().memory().write(x.rows(r, 1), v);
        }
        hessian.apply(x.rows(0, rows), hx.rows(0, rows));
        covariance.apply(x.rows(0, rows), sx.rows(0, rows));
        for (int r = 0; r < rows; r++) {
          fill(v, from + r, vectors.isEmpty(), seed);
          x.engine().memory().read(hx.rows(r, 1), h);
          x.engine().memory().read(sx.rows(r, 1), s);
          terms.add(terms(v, h, s, gradient));
        }
      }
    }
    return of(dimension, terms, vectors.isEmpty());
  }

  /** CS(H, S), the covariance centred. */
  double centred() {
    return hessianCovariance / Math.sqrt(hessianSquares * covarianceSquares);
  }

  /** CS(H, M), the second moment of the text. */
  double uncentred() {
    return similarity(hessianMoment, hessianSquares, momentSquares);
  }

  /**
   * Mean of CS(H, Q M Qᵀ) over all rotations Q: tr H tr M / (P ‖H‖ ‖M‖), what two matrices of these
   * spectra have in common without any alignment of their eigenvectors.
   */
  double rotated() {
    return similarity(hessianTrace * momentTrace / dimension, hessianSquares, momentSquares);
  }

  /** Unit vector i, or the random signs of that number. */
  private static void fill(double[] v, int i, boolean unit, long seed) {
    if (unit) {
      Arrays.fill(v, 0);
      v[i] = 1;
      return;
    }
    RandomStream random = RandomKey.of(seed, Purpose.ESTIMATOR, 0).stream(i);
    for (int j = 0; j < v.length; j++) {
      v[j] = random.nextInt() < 0 ? -1 : 1;
    }
  }

  /** The seven quantities of one vector, in the order of the components. */
  private static double[] terms(double[] v, double[] h, double[] s, double[] gradient) {
    double along = dot(gradient, v);
    double hg = dot(h, gradient);
    double sg = dot(s, gradient);
    double hs = dot(h, s);
    double ss = dot(s, s);
    // M v = S v + (ḡ·v) ḡ
    return new double[] {
      hs + along * hg,
      hs,
      dot(h, h),
      ss + 2 * along * sg + along * along * dot(gradient, gradient),
      ss,
      dot(v, h),
      dot(v, s) + along * along
    };
  }

  private static AlignmentSums of(int dimension, List<double[]> terms, boolean exact) {
    int count = terms.size();
    double[] total = new double[terms.getFirst().length];
    for (double[] term : terms) {
      for (int q = 0; q < total.length; q++) {
        total[q] += exact ? term[q] : term[q] / count;
      }
    }
    double error = exact ? 0 : jackknife(total, terms);
    return new AlignmentSums(
        dimension, count, error, total[0], total[1], total[2], total[3], total[4], total[5],
        total[6]);
  }

  /** Standard error of CS(H, M) by leaving out a vector at a time; NaN for one vector. */
  private static double jackknife(double[] mean, List<double[]> terms) {
    int count = terms.size();
    double[] left = new double[count];
    double average = 0;
    for (int i = 0; i < count; i++) {
      double[] term = terms.get(i);
      left[i] =
          similarity(
              without(mean[0], term[0], count),
              without(mean[2], term[2], count),
              without(mean[3], term[3], count));
      average += left[i] / count;
    }
    double squares = 0;
    for (double value : left) {
      squares += (value - average) * (value - average);
    }
    return count < 2 ? Double.NaN : Math.sqrt(squares * (count - 1) / count);
  }

  private static double without(double mean, double term, int count) {
    return (mean * count - term) / (count - 1);
  }

  private static double similarity(double product, double first, double second) {
    return product / Math.sqrt(first * second);
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
