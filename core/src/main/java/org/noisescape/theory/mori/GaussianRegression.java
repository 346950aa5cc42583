package org.noisescape.theory.mori;

import org.hipparchus.analysis.solvers.BrentSolver;
import org.noisescape.theory.Domain;

/**
 * Exact second moments of mini-batch SGD on linear regression with Gaussian inputs.
 *
 * <p>Inputs x ~ N(0, A), labels y = ε ~ N(0, σ²) (θ counted from the minimum), fresh or drawn with
 * replacement from many: L = ½(σ² + θᵀAθ), L* = σ²/2, and
 *
 * <pre>
 * θ ← θ − (η/B) Σ_b (x_b x_bᵀ θ − x_b ε_b)
 * Σ ← Σ − η(AΣ + ΣA) + η²[(1 + 1/B) AΣA + (1/B)(tr(AΣ) + σ²) A],   Σ = ⟨θθᵀ⟩
 * </pre>
 *
 * <p>by E[xxᵀΣxxᵀ] = 2AΣA + tr(AΣ)A, which holds E x⁴ = 3. In the eigenbasis of A, with eigenvalues
 * a_i and s_i = Σ_ii, the diagonal is closed: a_i s_i = q_i(T + σ²), T = Σ a_i s_i = σ²Q/(1 − Q),
 *
 * <pre>
 * q_i = (ηa_i/B)/(2 − ηa_i(1 + 1/B)),   Q = Σ q_i
 * </pre>
 *
 * <p>so a stationary second moment exists if and only if all q_i are positive and Q &lt; 1; for A =
 * aI that is η &lt; 2B/(a(B + d + 1)). The noise (6) of the text has no 2AΣA/B and no −AΣA/B: ours.
 */
public final class GaussianRegression {
  private final double[] inputVariances;
  private final double labelVariance;
  private final double learningRate;
  private final int batch;

  /**
   * The regression in the eigenbasis of A.
   *
   * @param inputVariances a_i &gt; 0
   * @param labelVariance σ² ≥ 0
   */
  public GaussianRegression(
      double[] inputVariances, double labelVariance, double learningRate, int batch) {
    check(inputVariances, batch);
    Domain.nonNegative("label variance", labelVariance);
    Domain.positive("learning rate", learningRate);
    this.inputVariances = inputVariances.clone();
    this.labelVariance = labelVariance;
    this.learningRate = learningRate;
    this.batch = batch;
  }

  /** One step of the recursion of s. */
  public double[] step(double... moments) {
    Domain.length("second moments", moments.length, inputVariances.length);
    double energy = labelVariance;
    for (int i = 0; i < moments.length; i++) {
      energy += inputVariances[i] * moments[i];
    }
    double[] next = new double[moments.length];
    for (int i = 0; i < moments.length; i++) {
      double rate = learningRate * inputVariances[i];
      next[i] =
          moments[i] * (1 - 2 * rate + rate * rate * (1 + 1.0 / batch))
              + learningRate * rate * energy / batch;
    }
    return next;
  }

  /** Whether the second moments converge. */
  public boolean stable() {
    return noiseGain(inputVariances, learningRate, batch) < 1;
  }

  /** Stationary s_i; infinite where unstable. */
  public double[] stationaryMoments() {
    double gain = noiseGain(inputVariances, learningRate, batch);
    double[] moments = new double[inputVariances.length];
    for (int i = 0; i < moments.length; i++) {
      double a = inputVariances[i];
      moments[i] =
          gain < 1
              ? noiseGain(a, learningRate, batch) * labelVariance / ((1 - gain) * a)
              : Double.POSITIVE_INFINITY;
    }
    return moments;
  }

  /** Stationary ⟨L⟩ − L* = ½ Σ a_i s_i. */
  public double stationaryExcessLoss() {
    double gain = noiseGain(inputVariances, learningRate, batch);
    return gain < 1 ? labelVariance * gain / (2 * (1 - gain)) : Double.POSITIVE_INFINITY;
  }

  /** The η below which the second moments converge: the root of Q(η) = 1. */
  public static double stabilityBound(double[] inputVariances, int batch) {
    check(inputVariances, batch);
    double largest = 0;
    for (double a : inputVariances) {
      largest = Math.max(largest, a);
    }
    double pole = 2 / (largest * (1 + 1.0 / batch));
    // 1/Q falls from infinity to 0 between 0 and the pole
    return new BrentSolver(1e-15 * pole, 1e-15 * pole)
        .solve(
            200,
            eta -> 1 / noiseGain(inputVariances, eta, batch) - 1,
            pole * 1e-12,
            pole * (1 - 1e-12));
  }

  /** 2B/(a(B + d + 1)), the bound for A = aI. */
  public static double isotropicStabilityBound(int dimension, double inputVariance, int batch) {
    Domain.atLeast("dimension", dimension, 1);
    Domain.positive("input variance", inputVariance);
    Domain.atLeast("batch", batch, 1);
    return 2 * batch / (inputVariance * (batch + dimension + 1.0));
  }

  /**
   * φ of the density L^−φ that has the exact second moment, for A = aI and any d: φ_d − ½.
   *
   * <p>From s = a²-width/(2φ − d − 2): 2φ − d − 2 = 2B/(ηa) − B − d − 1. The ½ is what decoupling
   * misses for Gaussian inputs.
   */
  public static double momentMatchedExponent(LogLandscape landscape) {
    return landscape.correctedStationaryExponent() - 0.5;
  }

  /** Q; infinite where one direction alone is unstable. */
  private static double noiseGain(double[] inputVariances, double learningRate, int batch) {
    double sum = 0;
    for (double a : inputVariances) {
      sum += noiseGain(a, learningRate, batch);
    }
    return sum;
  }

  private static double noiseGain(double a, double learningRate, int batch) {
    double rate = learningRate * a;
    double denominator = 2 - rate * (1 + 1.0 / batch);
    return denominator > 0 ? rate / batch / denominator : Double.POSITIVE_INFINITY;
  }

  private static void check(double[] inputVariances, int batch) {
    Domain.finite("input variances", inputVariances);
    for (double a : inputVariances) {
      Domain.positive("input variance", a);
    }
    Domain.atLeast("batch", batch, 1);
  }
}
