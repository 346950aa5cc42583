package org.noisescape.theory.mori;

import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.special.Gamma;
import org.noisescape.theory.Domain;

/**
 * Maximum-likelihood φ of {@link PowerLawLossDensity} from the mean of log(L/L*).
 *
 * <p>The likelihood is stationary where ψ(φ) − ψ(φ − d/2) = ⟨log(L/L*)⟩, ψ the digamma function,
 * and its curvature gives the standard error 1/√(n(ψ′(φ − d/2) − ψ′(φ))). That is for n independent
 * samples: of a chain, pass the number that its correlation leaves.
 *
 * @param exponent φ
 * @param standardError one standard deviation
 * @param independentSamples n
 */
public record ExponentFit(double exponent, double standardError, double independentSamples) {
  /** φ − d/2 is sought in [1e-9, 1e12]. */
  private static final double SMALLEST = 1e-9;

  private static final double LARGEST = 1e12;

  /** Trapezoidal rule over a normal density, from −12 to 12 standard deviations. */
  private static final int NODES = 4800;

  private static final double RANGE = 12;

  /**
   * The fit.
   *
   * @param dimension d
   * @param meanLogRatio ⟨log(L/L*)⟩ &gt; 0
   * @param independentSamples n ≥ 1
   */
  public static ExponentFit of(int dimension, double meanLogRatio, double independentSamples) {
    Domain.atLeast("dimension", dimension, 1);
    double half = dimension / 2.0;
    Domain.between("mean of log(L/L*)", meanLogRatio, 2 * half / LARGEST, 0.5 / SMALLEST);
    Domain.atLeast("independent samples", independentSamples, 1);
    double log =
        new BrentSolver(1e-14, 1e-14)
            .solve(
                200,
                x -> Math.log(mean(Math.exp(x), half) / meanLogRatio),
                Math.log(SMALLEST),
                Math.log(LARGEST));
    double excess = Math.exp(log);
    double information = Gamma.trigamma(excess) - Gamma.trigamma(excess + half);
    return new ExponentFit(
        excess + half, 1 / Math.sqrt(independentSamples * information), independentSamples);
  }

  /**
   * φ that maximum likelihood finds in one dimension where θ is Gaussian instead, d = 1.
   *
   * @param variance of θ over a² = 2L* / h
   */
  public static double ofGaussian(double variance) {
    Domain.positive("variance", variance);
    double sum = 0;
    double norm = 0;
    for (int i = 0; i <= NODES; i++) {
      double z = RANGE * (2.0 * i / NODES - 1);
      double weight = Math.exp(-z * z / 2);
      sum += weight * Math.log1p(variance * z * z);
      norm += weight;
    }
    return of(1, sum / norm, 1).exponent();
  }

  /** ψ(x + d/2) − ψ(x), by its asymptotic series where the difference would cancel. */
  private static double mean(double x, double half) {
    if (x > 1e5) {
      return Math.log1p(half / x) + half / (2 * x * (x + half));
    }
    return Gamma.digamma(x + half) - Gamma.digamma(x);
  }
}
