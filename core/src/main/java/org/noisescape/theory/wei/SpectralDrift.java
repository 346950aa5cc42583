package org.noisescape.theory.wei;

import org.noisescape.theory.Domain;

/**
 * Mean drift per step of functions f of the Hessian's spectrum along a minimal valley.
 *
 * <pre>
 * ⟨θ_i²⟩ = ηC_ii/(2λ_i)                                              (8)
 * ⟨f_{t+1} − f_t⟩ = −(η²/4) Σ_ij (∂f/∂λ_i)(C_jj/λ_j) ∇̂λ_i·∇̂λ_j   (13)
 * </pre>
 *
 * <p>which is −(η²/4)‖∇̂f‖² for the noise C_ii = λ_i ∂f/∂λ_i (12, 15; the sum over i in the middle
 * line of 15 is one too many). Corrections: relative order ηλ from (8), exact for the iteration
 * with {@link #discreteVariance}.
 *
 * <p>Source: Wei and Schwab (2019), Theorems 1 and 2, Corollary 2.1, Eqs. 7 to 15, 36 to 38.
 */
public final class SpectralDrift {
  private final double learningRate;
  private final double[] eigenvalues;

  /** ∇̂λ_i·∇̂λ_j. */
  private final double[][] products;

  private final double[] gradientOfTrace;

  /**
   * A point of the valley.
   *
   * @param eigenvalues λ_i &gt; 0, n of them
   * @param gradients ∇̂λ_i, (n, N − n)
   */
  public SpectralDrift(double learningRate, double[] eigenvalues, double[][] gradients) {
    Domain.positive("learning rate", learningRate);
    Domain.finite("eigenvalues", eigenvalues);
    Domain.length("gradients of the eigenvalues", gradients.length, eigenvalues.length);
    int n = eigenvalues.length;
    int degenerate = gradients[0].length;
    for (int i = 0; i < n; i++) {
      Domain.positive("eigenvalue " + i, eigenvalues[i]);
      Domain.length("gradient " + i, gradients[i].length, degenerate);
      Domain.finite("gradient " + i, gradients[i]);
    }
    this.learningRate = learningRate;
    this.eigenvalues = eigenvalues.clone();
    products = new double[n][n];
    gradientOfTrace = new double[degenerate];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < degenerate; k++) {
        gradientOfTrace[k] += gradients[i][k];
      }
      for (int j = 0; j < n; j++) {
        products[i][j] = dot(gradients[i], gradients[j]);
      }
    }
  }

  /** 1/S − 1/M, the strength of the noise (1/S)(1 − S/M); 0 for S = M. */
  public static double strength(int batch, int samples) {
    if (batch < 1 || batch > samples) {
      throw new IllegalArgumentException("batch must lie in [1, " + samples + "], got " + batch);
    }
    return 1.0 / batch - 1.0 / samples;
  }

  /** ηC/(2λ) (8). */
  public static double stationaryVariance(double learningRate, double eigenvalue, double noise) {
    check(learningRate, eigenvalue, noise);
    return learningRate * noise / (2 * eigenvalue);
  }

  /** ηC/(λ(2 − ηλ)), of the iteration θ ← (1 − ηλ)θ + η√C ξ; infinite for ηλ ≥ 2. Ours. */
  public static double discreteVariance(double learningRate, double eigenvalue, double noise) {
    check(learningRate, eigenvalue, noise);
    double damping = 2 - learningRate * eigenvalue;
    return damping > 0 ? learningRate * noise / (eigenvalue * damping) : Double.POSITIVE_INFINITY;
  }

  /** C_ii = strength·λ_i, aligned with the Hessian (10). */
  public double[] alignedNoise(double strength) {
    Domain.nonNegative("strength", strength);
    double[] noise = eigenvalues.clone();
    for (int i = 0; i < noise.length; i++) {
      noise[i] *= strength;
    }
    return noise;
  }

  /** C_ii = λ_i ∂f/∂λ_i, under which f decreases (12); ∂f/∂λ_i ≥ 0 is needed. */
  public double[] designedNoise(double... derivatives) {
    Domain.length("derivatives of f", derivatives.length, eigenvalues.length);
    double[] noise = new double[eigenvalues.length];
    for (int i = 0; i < noise.length; i++) {
      Domain.nonNegative("derivative " + i + " of f", derivatives[i]);
      noise[i] = eigenvalues[i] * derivatives[i];
    }
    return noise;
  }

  /** ∂ log Π λ/∂λ_i = 1/λ_i, whose designed noise is isotropic (Corollary 2.1). */
  public double[] derivativesOfLogDeterminant() {
    double[] derivatives = new double[eigenvalues.length];
    for (int i = 0; i < derivatives.length; i++) {
      derivatives[i] = 1 / eigenvalues[i];
    }
    return derivatives;
  }

  /** −(η²/4)(1/S − 1/M)‖∇̂T‖², the mean change of the trace (Theorem 1). */
  public double traceRate(double strength) {
    Domain.nonNegative("strength", strength);
    return -learningRate * learningRate / 4 * strength * dot(gradientOfTrace, gradientOfTrace);
  }

  /** Theorem 1 with an energetic slope ∇̂g along the valley: its rate − η ∇̂T·∇̂g (37). */
  public double traceRate(double strength, double... slope) {
    Domain.length("slope", slope.length, gradientOfTrace.length);
    return traceRate(strength) - learningRate * dot(gradientOfTrace, slope);
  }

  /**
   * The ∇̂T·∇̂g at which entropic and energetic force balance, −(η/4)(1/S − 1/M)‖∇̂T‖² (38).
   *
   * <p>Never positive: the text's "greater or equal to zero" below (38) lost the sign.
   */
  public double balancedSlope(double strength) {
    return traceRate(strength) / learningRate;
  }

  /** Mean change of each λ_i under the noise C_jj. */
  public double[] eigenvalueRates(double... noise) {
    Domain.length("noise", noise.length, eigenvalues.length);
    double[] rates = new double[eigenvalues.length];
    for (int j = 0; j < noise.length; j++) {
      double moment = stationaryVariance(learningRate, eigenvalues[j], noise[j]);
      for (int i = 0; i < rates.length; i++) {
        // −(η/2)⟨θ_j²⟩ ∇̂λ_i·∇̂λ_j (7)
        rates[i] -= learningRate / 2 * moment * products[i][j];
      }
    }
    return rates;
  }

  /** Mean change of f with the given ∂f/∂λ_i under the noise C_jj (13). */
  public double rate(double[] derivatives, double[] noise) {
    Domain.length("derivatives of f", derivatives.length, eigenvalues.length);
    return dot(derivatives, eigenvalueRates(noise));
  }

  /** ⟨L⟩ − L* = (η/4)(1/S − 1/M) T of the stationary state (appendix A.3). */
  public double excessLoss(double strength) {
    Domain.nonNegative("strength", strength);
    double trace = 0;
    for (double eigenvalue : eigenvalues) {
      trace += eigenvalue;
    }
    return learningRate / 4 * strength * trace;
  }

  private static void check(double learningRate, double eigenvalue, double noise) {
    Domain.positive("learning rate", learningRate);
    Domain.positive("eigenvalue", eigenvalue);
    Domain.nonNegative("noise", noise);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
