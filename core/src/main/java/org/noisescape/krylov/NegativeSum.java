package org.noisescape.krylov;

import java.util.Arrays;

/**
 * The sum of the negative eigenvalues, tr min(A, 0) ≤ 0, between bounds.
 *
 * <p>Upper bounds, true but for rounding: Ritz values of orthonormal vectors are above the
 * eigenvalues they are paired with (Cauchy), so that Σ min(θ_i, 0) ≥ tr min(A, 0), converged or
 * not; and tr A, since tr A − tr min(A, 0) = tr max(A, 0) ≥ 0.
 *
 * <p>Lower bounds: with the k smallest pairs converged and no copy missed, eigenvalue i is above
 * θ_i − r_i (residual r_i), and the P − k others are above θ_k − r_k: nothing remains where that is
 * ≥ 0. Otherwise, with trace T′ and squared norm F′² of the others, (T′ − √(P − k) F′) / 2, since
 * Σ|λ| ≤ √(P − k) F′ (Cauchy-Schwarz); T′ and F′² enter at two standard errors' distance.
 *
 * @param value the estimate, or the exact sum
 * @param standardError over random vectors and of the discretization, 0 for exact
 * @param degreesOfFreedom of the spread over random vectors; infinite for exact
 * @param discretization largest change of the value with half the steps and more; 0 for exact
 * @param bracketLow least mean over the random vectors that the quadrature's nodes and weights
 *     allow (Chebyshev, Markov and Stieltjes); the standard error comes on top
 * @param bracketHigh largest such mean
 * @param lower bound of the sum, −∞ where nothing is known
 * @param upper bound of the sum
 * @param converged discretization ≤ standard error over random vectors
 * @param products that it took
 */
public record NegativeSum(
    double value,
    double standardError,
    double degreesOfFreedom,
    double discretization,
    double bracketLow,
    double bracketHigh,
    double lower,
    double upper,
    boolean converged,
    long products) {

  /** From all eigenvalues: no error but theirs. */
  public static NegativeSum exact(double[] eigenvalues) {
    double sum = 0;
    for (double value : eigenvalues) {
      sum += Math.min(value, 0);
    }
    return new NegativeSum(sum, 0, Double.POSITIVE_INFINITY, 0, sum, sum, sum, sum, true, 0);
  }

  /**
   * From a density and the smallest eigenpairs.
   *
   * @param density of the operator
   * @param smallest its k smallest pairs
   */
  public static NegativeSum estimate(SpectralDensity density, RitzPairs smallest) {
    return estimate(density, new double[0], smallest);
  }

  /**
   * From what a {@link Deflation} leaves.
   *
   * @param density of the rest
   * @param deflated eigenvalues on the span that was taken out
   * @param smallest the k smallest pairs of the whole operator
   */
  public static NegativeSum estimate(
      SpectralDensity density, double[] deflated, RitzPairs smallest) {
    if (smallest.vectors().dim(1) != density.dimension()) {
      throw new IllegalArgumentException(
          "%s has dimension %d, %s %d: take one operator"
              .formatted(
                  density.operator(),
                  density.dimension(),
                  smallest.operator(),
                  smallest.vectors().dim(1)));
    }
    double[] values = smallest.values();
    if (values.length > 1 && values[0] > values[values.length - 1]) {
      throw new IllegalArgumentException(
          "the pairs of " + smallest.operator() + " are not the smallest: ask for End.SMALLEST");
    }
    double least = values[0] - smallest.residuals()[0];
    int size = density.dimension();
    double known = Arrays.stream(deflated).map(value -> Math.min(value, 0)).sum();
    Estimate full = density.over(NegativeSum::ofRule).times(size).plus(known);
    double change = size * density.discretization(NegativeSum::ofRule);
    double norm = Math.max(Math.abs(density.smallestNode()), Math.abs(density.largestNode()));
    double magnitude = norm + Arrays.stream(deflated).map(Math::abs).sum();
    double rounding = Estimate.rounding(smallest.vectors().dtype().epsilon()) * magnitude;
    double low = known - size * density.over(rule -> rule.negativePart(least)[1]).value();
    double high = known - size * density.over(rule -> rule.negativePart(least)[0]).value();
    Estimate trace = moment(density, deflated, 1);
    double ritz = Arrays.stream(values).map(value -> Math.min(value, 0)).sum();
    return new NegativeSum(
        full.value(),
        full.withError(change).withError(rounding).standardError(),
        full.degreesOfFreedom(),
        change,
        low,
        high,
        lowerBound(density, deflated, smallest),
        Math.min(ritz, Math.min(0, trace.value() + 2 * trace.standardError())),
        change <= full.standardError() + rounding,
        density.products() + smallest.products());
  }

  private static double ofRule(Quadrature rule) {
    return rule.sum(t -> Math.min(t, 0));
  }

  /** tr Aᵖ. */
  private static Estimate moment(SpectralDensity density, double[] deflated, int power) {
    double known = Arrays.stream(deflated).map(value -> Math.pow(value, power)).sum();
    return density.moment(power).times(density.dimension()).plus(known);
  }

  private static double lowerBound(SpectralDensity density, double[] deflated, RitzPairs smallest) {
    if (!smallest.allConverged()) {
      return Double.NEGATIVE_INFINITY;
    }
    int size = density.dimension();
    int others = size - smallest.size();
    double known = 0;
    double knownTrace = 0;
    double knownSquares = 0;
    double edge = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < smallest.size(); i++) {
      double value = smallest.values()[i];
      double residual = smallest.residuals()[i];
      edge = value - residual;
      known += Math.min(edge, 0);
      knownTrace += value + residual;
      knownSquares += Math.pow(Math.max(0, Math.abs(value) - residual), 2);
    }
    if (others == 0 || edge >= 0) {
      return known;
    }
    Estimate trace = moment(density, deflated, 1);
    Estimate square = moment(density, deflated, 2);
    double restTrace = trace.value() - 2 * trace.standardError() - knownTrace;
    double restSquare = Math.max(0, square.value() + 2 * square.standardError() - knownSquares);
    double byNorm = 0.5 * (restTrace - Math.sqrt(others * restSquare));
    return known + Math.min(0, Math.max(others * edge, byNorm));
  }
}
