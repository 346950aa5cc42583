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
   * misses in the second moment. It misses more in the shape: to the orders 1/η and 1 the exact
   * density is the Gaussian of this second moment and no power of L ({@link RegressionPassage},
   * {@link #excessKurtosis}).
   */
  public static double momentMatchedExponent(LogLandscape landscape) {
    return landscape.correctedStationaryExponent() - 0.5;
  }

  /**
   * Stationary ⟨θ⁴⟩/⟨θ²⟩² − 3 for one input; infinite where ⟨θ⁴⟩ is.
   *
   * <p>With X = (1/B) Σ x², of which a step is θ ← (1 − ηX)θ + ξ, ξ ~ N(0, η²σ²X/B): m₄ =
   * (6η²(σ²/B) E[(1 − ηX)²X] m₂ + 3η⁴(σ⁴/B²) E X²)/(1 − E(1 − ηX)⁴), by the moments of χ² with B
   * degrees of freedom. Ours.
   */
  public double excessKurtosis() {
    Domain.length("input variances", inputVariances.length, 1);
    // moments of Y = ηX
    double[] y = new double[5];
    y[0] = 1;
    for (int k = 1; k < y.length; k++) {
      y[k] = y[k - 1] * learningRate * inputVariances[0] * (batch + 2 * (k - 1)) / batch;
    }
    double kept = 1 - 4 * y[1] + 6 * y[2] - 4 * y[3] + y[4];
    if (!stable() || kept >= 1) {
      return Double.POSITIVE_INFINITY;
    }
    // ξ has the variance ηY σ²/B
    double noise = learningRate * labelVariance / batch;
    double second = stationaryMoments()[0];
    double fourth =
        (6 * noise * (y[1] - 2 * y[2] + y[3]) * second + 3 * noise * noise * y[2]) / (1 - kept);
    return fourth / (second * second) - 3;
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
