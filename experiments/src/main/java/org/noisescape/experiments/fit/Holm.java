package org.noisescape.experiments.fit;

import java.util.Arrays;
import java.util.Comparator;

/**
 * p-values adjusted for their number: the probability of any false rejection stays below the level,
 * whatever the dependence of the tests.
 *
 * <p>In ascending order, p̃_(i) = max_{j ≤ i} min(1, (m − j + 1) p_(j)). Source: Holm (1979).
 */
public final class Holm {
  private Holm() {}

  /**
   * Adjusts a family of tests.
   *
   * @param p p-values; a test that could not be made, NaN, belongs to the family all the same and
   *     stays NaN
   * @return adjusted ones, in the same order
   */
  public static double[] adjusted(double... p) {
    int m = p.length;
    Integer[] order = new Integer[m];
    Arrays.setAll(order, i -> i);
    // NaN sorts last
    Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
    double[] adjusted = new double[m];
    double largest = 0;
    for (int i = 0; i < m; i++) {
      double value = p[order[i]];
      largest = Double.isNaN(value) ? Double.NaN : Math.max(largest, Math.min(1, (m - i) * value));
      adjusted[order[i]] = largest;
    }
    return adjusted;
  }
}
