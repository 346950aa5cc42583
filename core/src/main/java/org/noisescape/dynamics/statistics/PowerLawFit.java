package org.noisescape.dynamics.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;

/**
 * Exponent φ of a stationary density P(θ) ∝ L(θ)^−φ in d dimensions, L = L*(1 + q), q = θᵀHθ/(2L*),
 * by maximum likelihood.
 *
 * <p>q is beta-prime with (d/2, φ − d/2), so that φ > d/2 and, with s = log(1 + q), the likelihood
 * equation is ψ(φ) − ψ(φ − d/2) = s̄; its information for one point is ψ′(φ − d/2) − ψ′(φ). For d =
 * 1 θ is Student's t with 2φ − 1 degrees of freedom. Every point after the burn-in counts: there is
 * no window. Source: Mori et al. (2022), Eq. 17.
 *
 * @param exponent φ; infinite where every point lies in the minimum
 * @param standardError √(τ/(n I)), τ the autocorrelation time of s and I the information
 * @param sandwichError √(var(s̄))/I, var(s̄) = s_s²τ/n: the same where the law holds, and still an
 *     error of φ where it does not
 * @param distance largest distance of the empirical distribution function of q from the fitted one
 *     (Kolmogorov and Smirnov)
 * @param scaledDistance distance·√(n/τ): about 0.5 to 1 where the law holds, growing with n where
 *     not
 * @param points n
 * @param effectiveSamples n/τ
 * @param converged whether τ is known and φ is finite
 */
public record PowerLawFit(
    double exponent,
    double standardError,
    double sandwichError,
    double distance,
    double scaledDistance,
    long points,
    double effectiveSamples,
    boolean converged) {

  /**
   * Fits series of q = L/L* − 1, a row a replica.
   *
   * @param excess q ≥ 0
   * @param dimension d
   */
  public static PowerLawFit of(double[][] excess, int dimension) {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension must be >= 1, got " + dimension);
    }
    double[][] logs = new double[excess.length][];
    for (int r = 0; r < excess.length; r++) {
      logs[r] = Arrays.stream(excess[r]).map(PowerLawFit::log).toArray();
    }
    CorrelatedMean mean = CorrelatedMean.ofSeries(logs);
    double half = 0.5 * dimension;
    double exponent = half + solve(mean.value(), half);
    double information = Gamma.trigamma(exponent - half) - Gamma.trigamma(exponent);
    double samples = mean.effectiveSamples();
    double distance = distance(excess, exponent, half);
    long points = Arrays.stream(excess).mapToLong(row -> row.length).sum();
    boolean finite = Double.isFinite(exponent);
    return new PowerLawFit(
        exponent,
        finite ? 1 / Math.sqrt(samples * information) : Double.NaN,
        finite ? mean.standardError() / information : Double.NaN,
        distance,
        distance * Math.sqrt(samples),
        points,
        samples,
        finite && mean.converged());
  }

  private static double log(double excess) {
    if (!(excess >= 0)) {
      throw new IllegalArgumentException(
          "L/L* - 1 must be >= 0, got %s: L* is the minimum of the loss".formatted(excess));
    }
    return Math.log1p(excess);
  }

  /** a = φ − d/2 > 0 with ψ(a + d/2) − ψ(a) = mean, which falls from ∞ to 0. */
  private static double solve(double mean, double half) {
    if (mean == 0) {
      return Double.POSITIVE_INFINITY;
    }
    // the left side lies between those of whole steps: half/(a + half) and about half/a + 1/a
    double low = Math.log(Math.min(half, 1) / (mean + 1)) - 3;
    double high = Math.log((half + 1) / mean) + 3;
    return Math.exp(
        Quantiles.root(
            log -> {
              double a = Math.exp(log);
              return (Gamma.digamma(a + half) - Gamma.digamma(a)) / mean - 1;
            },
            low,
            high));
  }

  private static double distance(double[][] excess, double exponent, double half) {
    double[] sorted = Arrays.stream(excess).flatMapToDouble(Arrays::stream).sorted().toArray();
    if (!Double.isFinite(exponent)) {
      return 0;
    }
    int n = sorted.length;
    return IntStream.range(0, n)
        .mapToDouble(
            i -> {
              double fitted =
                  Beta.regularizedBeta(sorted[i] / (1 + sorted[i]), half, exponent - half);
              return Math.max(fitted - i / (double) n, (i + 1) / (double) n - fitted);
            })
        .max()
        .orElseThrow();
  }
}
