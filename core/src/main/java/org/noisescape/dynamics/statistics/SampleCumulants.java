package org.noisescape.dynamics.statistics;

import java.util.Arrays;
import org.hipparchus.analysis.solvers.BrentSolver;

/**
 * The cumulants of numbers x_μ, each as likely as the others, and their generating function Λ(s) =
 * log (1/N) Σ e^(−s x_μ).
 *
 * <p>Of the mean of B independent draws Λ_B(p) = BΛ(p/B): its k-th cumulant is κ_k/B^(k − 1).
 * Nothing is estimated: these are the cumulants of the numbers themselves.
 */
public final class SampleCumulants {
  private static final int DOUBLINGS = 60;
  private static final int EVALUATIONS = 200;
  private static final double ACCURACY = 1e-12;

  private final double[] values;
  private final double mean;
  private final double variance;
  private final double skewness;
  private final double excessKurtosis;

  /** Of at least two different numbers. */
  public SampleCumulants(double... values) {
    this.values = values.clone();
    this.mean = Arrays.stream(values).average().orElse(Double.NaN);
    this.variance = central(2);
    if (!(variance > 0)) {
      throw new IllegalArgumentException("cumulants need two different numbers or more");
    }
    this.skewness = central(3) / Math.pow(variance, 1.5);
    this.excessKurtosis = central(4) / (variance * variance) - 3;
  }

  private double central(int power) {
    return Arrays.stream(values).map(x -> Math.pow(x - mean, power)).average().orElse(Double.NaN);
  }

  /** κ₁. */
  public double mean() {
    return mean;
  }

  /** κ₂, with 1/N. */
  public double variance() {
    return variance;
  }

  /** κ₃/κ₂^(3/2). */
  public double skewness() {
    return skewness;
  }

  /** κ₄/κ₂². */
  public double excessKurtosis() {
    return excessKurtosis;
  }

  /** Λ(s). */
  public double generating(double s) {
    double most = most(s);
    double sum = 0;
    for (double x : values) {
      sum += Math.exp(-s * x - most);
    }
    return most + Math.log(sum / values.length);
  }

  /** What Λ(s) is of a normal law of this mean and variance: −sκ₁ + s²κ₂/2. */
  public double gaussian(double s) {
    return s * (0.5 * s * variance - mean);
  }

  /**
   * (Λ(s) + Λ(−s))/(s²κ₂) at s = z/√κ₂: 1 for a normal law, whatever its mean.
   *
   * @param z not 0
   */
  public double evenRatio(double z) {
    double s = z / Math.sqrt(variance);
    return (generating(s) + generating(-s)) / (z * z);
  }

  /** Largest share of one number in Σ e^(−s x_μ). */
  public double largestShare(double s) {
    return Math.exp(most(s) - generating(s)) / values.length;
  }

  /**
   * The s ≠ 0 of Λ(s) = 0; of a normal law it is 2κ₁/κ₂. NaN where there is none: where all numbers
   * have one sign, or their mean is 0.
   */
  public double root() {
    double start = mean / variance;
    // towards the root Λ falls, and rises for ever once a number has the other sign
    boolean other = Arrays.stream(values).anyMatch(x -> x * mean < 0);
    if (!other) {
      return Double.NaN;
    }
    double inner = start;
    for (int i = 0; i < DOUBLINGS && generating(inner) >= 0; i++) {
      inner /= 2;
    }
    double outer = start;
    for (int i = 0; i < DOUBLINGS && generating(outer) <= 0; i++) {
      outer *= 2;
    }
    if (!(generating(inner) < 0 && generating(outer) > 0)) {
      return Double.NaN;
    }
    return new BrentSolver(ACCURACY, 0)
        .solve(EVALUATIONS, this::generating, Math.min(inner, outer), Math.max(inner, outer));
  }

  private double most(double s) {
    double most = Double.NEGATIVE_INFINITY;
    for (double x : values) {
      most = Math.max(most, -s * x);
    }
    return most;
  }
}
