package org.noisescape.theory.liu;

import java.util.Arrays;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The learning rate at which the stationary state of SGD is closest to the posterior.
 *
 * <p>Posterior N(0, (NK)⁻¹), noise C = (N−S)/(NS)·K, no momentum. The text's Eqs. 35 and 36 are
 * those of 2·D_KL. Multiplied by λ, Eq. 37 is Σ_i ((N/S)λk_i − 2)/(2−λk_i)² = 0, from which one
 * sees that in one dimension λ = 2S/(Nk) is exact and the posterior is met. Source: Liu et al.
 * (2021), section 6.1.
 *
 * @param samples N
 * @param batch S, less than N
 */
public record BayesianLearningRate(int samples, int batch) {
  private static final int SCAN = 4096;

  /** Requires a batch of 1 to N − 1 samples. */
  public BayesianLearningRate {
    if (batch < 1 || batch >= samples) {
      throw new IllegalArgumentException(
          "batch must be in [1, N - 1] with N = " + samples + ", got " + batch);
    }
  }

  /** Σ = λ(N−S)/(NS)·(2I−λK)⁻¹, Eq. 34. */
  public double[][] covariance(double learningRate, Hessian hessian) {
    return new MixedNoise(0, noiseFactor()).covariance(learningRate, hessian);
  }

  /** (N−S)/(NS). */
  public double noiseFactor() {
    return (double) (samples - batch) / ((double) samples * batch);
  }

  /**
   * D_KL(N(0, Σ) ‖ N(0, (NK)⁻¹)) = ½[N Tr[KΣ] − ln|NK| − ln|Σ| − D] in nats, Eq. 33.
   *
   * @param covariance Σ, shape (D, D), positive definite
   */
  public double divergence(double[][] covariance, Hessian hessian) {
    RealMatrix sigma = Hessian.of(covariance).matrix();
    RealMatrix product = hessian.matrix().multiply(sigma).scalarMultiply(samples);
    double logDeterminant = Math.log(new LUDecomposition(product).getDeterminant());
    return 0.5 * (product.getTrace() - logDeterminant - hessian.dimension());
  }

  /** D_KL of the stationary state at this learning rate, from the eigenvalues of K. */
  public double divergence(double learningRate, Hessian hessian) {
    HeavyBallSgd.sgd(learningRate).requireStable(hessian);
    double sum = 0;
    for (double k : hessian.eigenvalues()) {
      double ratio = samples * noiseFactor() * learningRate * k / (2 - learningRate * k);
      sum += ratio - Math.log(ratio) - 1;
    }
    return 0.5 * sum;
  }

  /** 2 ∂D_KL/∂λ, Eq. 36. */
  public double derivative(double learningRate, Hessian hessian) {
    HeavyBallSgd.sgd(learningRate).requireStable(hessian);
    double first = 0;
    double second = 0;
    for (double k : hessian.eigenvalues()) {
      double share = k / (2 - learningRate * k);
      first += share;
      second += share * share;
    }
    return (samples - 2.0 * batch) / batch * first
        + (double) (samples - batch) / batch * learningRate * second
        - hessian.dimension() / learningRate;
  }

  /**
   * The λ in (0, 2/k*) of least D_KL, Eq. 37.
   *
   * <p>For S of at most N/2 the root is the only one; otherwise the best of those that a scan of
   * 4096 intervals brackets.
   */
  public double optimal(Hessian hessian) {
    double bound = HeavyBallSgd.largestLearningRate(0, hessian);
    double best = Double.NaN;
    double least = Double.POSITIVE_INFINITY;
    double[] k = hessian.eigenvalues();
    double left = 0;
    double atLeft = condition(left, k);
    for (int i = 1; i <= SCAN; i++) {
      // the last interval ends just short of the bound, where the condition goes to infinity
      double right = bound * (i == SCAN ? 1 - 1e-12 : (double) i / SCAN);
      double atRight = condition(right, k);
      if (atLeft < 0 && atRight >= 0) {
        double root =
            new BracketingNthOrderBrentSolver(1e-15, 0, 5)
                .solve(1000, rate -> condition(rate, k), left, right);
        double divergence = divergence(root, hessian);
        if (divergence < least) {
          least = divergence;
          best = root;
        }
      }
      left = right;
      atLeft = atRight;
    }
    return best;
  }

  /** 2SD/(N Tr K), the limit for small λk and S/N (Mandt et al. 2017). */
  public double smallRateLimit(Hessian hessian) {
    return 2.0 * batch * hessian.dimension() / (samples * hessian.trace());
  }

  /** The text's continuous-time D_KL: Σ = λ/2·(N−S)/(NS)·I. */
  public double continuousDivergence(double learningRate, Hessian hessian) {
    double variance = HeavyBallSgd.sgd(learningRate).learningRate() / 2 * noiseFactor();
    double[] diagonal = new double[hessian.dimension()];
    Arrays.fill(diagonal, variance);
    return divergence(MatrixUtils.createRealDiagonalMatrix(diagonal).getData(), hessian);
  }

  /** λ times Eq. 36, over 2, without its pole at λ = 0. */
  private double condition(double rate, double[] curvatures) {
    double sum = 0;
    for (double k : curvatures) {
      double remainder = 2 - rate * k;
      sum += ((double) samples / batch * rate * k - 2) / (remainder * remainder);
    }
    return sum;
  }
}
