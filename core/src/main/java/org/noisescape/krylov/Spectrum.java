package org.noisescape.krylov;

import java.util.Arrays;

/**
 * What follows from a list of eigenvalues.
 *
 * @param values descending; the constructor sorts
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Spectrum(double[] values) {
  /** Sorts a copy, and refuses what is not finite. */
  public Spectrum {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      if (!Double.isFinite(sorted[i])) {
        throw new IllegalArgumentException("eigenvalues must be finite, got " + sorted[i]);
      }
    }
    for (int i = 0; i < sorted.length / 2; i++) {
      double swapped = sorted[i];
      sorted[i] = sorted[sorted.length - 1 - i];
      sorted[sorted.length - 1 - i] = swapped;
    }
    values = sorted;
  }

  /** Σ λ. */
  public double trace() {
    return Arrays.stream(values).sum();
  }

  /** √Σ λ². */
  public double frobenius() {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
  }

  /**
   * n = 1 / Σ p_i², p_i = h_i / Σ h_j over the positive eigenvalues h: from 1 to their number. NaN
   * without any. Source: Mori et al. (2022), Eq. 44.
   */
  public double effectiveDimension() {
    double[] positive = positive();
    double sum = Arrays.stream(positive).sum();
    double squares = Arrays.stream(positive).map(h -> h / sum * (h / sum)).sum();
    return positive.length == 0 ? Double.NaN : 1 / squares;
  }

  /** Σ min(λ, 0). */
  public double negativeSum() {
    return NegativeSum.exact(values).value();
  }

  /** Spectrum above the edge of the bulk, by a rule; none of the values is rounding. */
  public OutlierRule.Outliers outliers(OutlierRule rule) {
    return outliers(rule, 0);
  }

  /**
   * The same where some of the values may be rounding.
   *
   * @param floor size up to which they may
   */
  public OutlierRule.Outliers outliers(OutlierRule rule, double floor) {
    return rule.applyTo(values, floor);
  }

  private double[] positive() {
    return Arrays.stream(values).filter(value -> value > 0).toArray();
  }
}
