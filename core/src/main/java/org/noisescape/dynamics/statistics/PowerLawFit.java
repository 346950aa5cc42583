package org.noisescape.dynamics.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.special.Beta;
import org.noisescape.theory.mori.ExponentFit;

/**
 * Exponent φ of a stationary density P(θ) ∝ L(θ)^−φ in d dimensions, L = L*(1 + q), q = θᵀHθ/(2L*),
 * by maximum likelihood.
 *
 * <p>The exponent is that of {@link ExponentFit} for the mean of s = log(1 + q) and the effective
 * number of points; q is beta-prime with (d/2, φ − d/2). Every point after the burn-in counts:
 * there is no window. Source: Mori et al. (2022), Eq. 17.
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
  private static final double NARROWEST = 1e-11;

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
    double samples = mean.effectiveSamples();
    // so narrow a distribution has no exponent that could be told from infinity
    boolean finite = mean.value() > dimension * NARROWEST;
    double exponent = Double.POSITIVE_INFINITY;
    double error = Double.NaN;
    if (finite) {
      ExponentFit fit = ExponentFit.of(dimension, mean.value(), samples);
      exponent = fit.exponent();
      error = fit.standardError();
    }
    double distance = distance(excess, exponent, half);
    long points = Arrays.stream(excess).mapToLong(row -> row.length).sum();
    return new PowerLawFit(
        exponent,
        error,
        // 1/(n I) is the square of the error
        mean.standardError() * samples * error * error,
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

  private static double distance(double[][] excess, double exponent, double half) {
    double[] sorted = Arrays.stream(excess).flatMapToDouble(Arrays::stream).sorted().toArray();
    if (!Double.isFinite(exponent)) {
      return Double.NaN;
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
