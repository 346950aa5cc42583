package org.noisescape.dynamics.statistics;

import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Erf;
import org.hipparchus.special.Gamma;

/** Distributions that intervals and tests need, from special functions. */
final class Quantiles {
  private static final double RELATIVE = 1e-12;
  private static final double ABSOLUTE = 1e-14;
  private static final int EVALUATIONS = 500;

  /** Beyond it the t distribution is normal to 1e-6 of its quantiles. */
  private static final double MANY = 1e6;

  private Quantiles() {}

  /** The share of a two-sided interval as the probability below its upper end. */
  static double upperProbability(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence must be between 0 and 1, such as 0.95, got " + confidence);
    }
    return 0.5 + 0.5 * confidence;
  }

  /** Quantile of N(0, 1). */
  static double normal(double probability) {
    return Math.sqrt(2) * Erf.erfInv(2 * probability - 1);
  }

  /** Quantile of Student's t, for probabilities of at least ½. */
  static double student(double probability, double freedom) {
    if (freedom > MANY) {
      return normal(probability);
    }
    double tail = 2 * (1 - probability);
    // P(|T| > t) = I_x(ν/2, ½) with x = ν/(ν + t²)
    double x = root(v -> Beta.regularizedBeta(v, 0.5 * freedom, 0.5) - tail, 0, 1);
    return Math.sqrt(freedom * (1 - x) / x);
  }

  /** P(χ²_ν ≥ x). */
  static double chiSquareTail(double x, double freedom) {
    return x <= 0 ? 1 : Gamma.regularizedGammaQ(0.5 * freedom, 0.5 * x);
  }

  /** Quantile of sup |Brownian bridge|, the limit of √n times the Kolmogorov-Smirnov distance. */
  static double kolmogorov(double probability) {
    return root(x -> 1 - kolmogorovTail(x) - probability, 0.2, 10);
  }

  /** 2 Σ (−1)^(k−1) exp(−2k²x²), to rounding for x ≥ 0.2. */
  static double kolmogorovTail(double x) {
    double sum = 0;
    for (int k = 1; k <= 100; k++) {
      double term = Math.exp(-2.0 * k * k * x * x);
      sum += k % 2 == 1 ? term : -term;
      if (term < 1e-18) {
        break;
      }
    }
    return Math.clamp(2 * sum, 0, 1);
  }

  /** Root of a function with a change of sign between two points. */
  static double root(UnivariateFunction function, double low, double high) {
    return new BrentSolver(RELATIVE, ABSOLUTE).solve(EVALUATIONS, function, low, high);
  }
}
