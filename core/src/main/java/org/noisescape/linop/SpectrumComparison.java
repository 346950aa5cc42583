package org.noisescape.linop;

import java.util.Arrays;

/**
 * How far two spectra agree but for their smallest eigenvalues, as in Mori et al. (2022), Fig. 1.
 *
 * <p>With a₁ ≥ a₂ ≥ … and b₁ ≥ b₂ ≥ …, the i-th values are compared for i = 1, …, min(m_a, m_b),
 * where m_a values are above cut·a₁ and m_b above cut·b₁. A factor between the spectra is not taken
 * out.
 *
 * @param cut relative to each spectrum's own largest value, in [0, 1)
 * @param countA m_a
 * @param countB m_b
 * @param logRatios log₁₀(a_i/b_i), i ascending; not copied
 * @param largest the largest |log₁₀(a_i/b_i)|
 * @param median the median of |log₁₀(a_i/b_i)|
 * @param distance between the counting functions N(x), the numbers of values above x: the largest
 *     |N_a(x) − N_b(x)| over x ≥ cut·max(a₁, b₁), divided by the larger N there; in [0, 1]
 */
public record SpectrumComparison(
    double cut,
    int countA,
    int countB,
    double[] logRatios,
    double largest,
    double median,
    double distance) {

  /**
   * Compares two spectra.
   *
   * @param a eigenvalues in any order, the largest positive
   * @param b as many or not, the same
   * @throws IllegalArgumentException where a value is not finite or the largest is not positive
   */
  public static SpectrumComparison of(double[] a, double[] b, double cut) {
    if (!(cut >= 0 && cut < 1)) {
      throw new IllegalArgumentException("the relative cut must be in [0, 1), got " + cut);
    }
    double[] first = descending("a", a);
    double[] second = descending("b", b);
    int countA = above(first, cut * first[0]);
    int countB = above(second, cut * second[0]);
    double[] logRatios = new double[Math.min(countA, countB)];
    for (int i = 0; i < logRatios.length; i++) {
      logRatios[i] = Math.log10(first[i]) - Math.log10(second[i]);
    }
    double[] sizes = Arrays.stream(logRatios).map(Math::abs).sorted().toArray();
    int half = sizes.length / 2;
    double median = sizes.length % 2 == 1 ? sizes[half] : (sizes[half - 1] + sizes[half]) / 2;
    return new SpectrumComparison(
        cut,
        countA,
        countB,
        logRatios,
        sizes[sizes.length - 1],
        median,
        distance(first, second, cut * Math.max(first[0], second[0])));
  }

  /** Largest |N_a − N_b| for x ≥ from, over the larger N(from); both descending. */
  private static double distance(double[] a, double[] b, double from) {
    int largest = 0;
    int i = 0;
    int j = 0;
    int countA = above(a, from);
    int countB = above(b, from);
    while (i < countA || j < countB) {
      // to just below the next value, ties together
      double next =
          Math.max(
              i < countA ? a[i] : Double.NEGATIVE_INFINITY,
              j < countB ? b[j] : Double.NEGATIVE_INFINITY);
      while (i < countA && a[i] == next) {
        i++;
      }
      while (j < countB && b[j] == next) {
        j++;
      }
      largest = Math.max(largest, Math.abs(i - j));
    }
    return (double) largest / Math.max(countA, countB);
  }

  private static int above(double[] descending, double x) {
    int count = 0;
    while (count < descending.length && descending[count] > x) {
      count++;
    }
    return count;
  }

  private static double[] descending(String name, double[] values) {
    double[] sorted = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "eigenvalue %d of %s must be finite, got %s".formatted(i, name, values[i]));
      }
      sorted[i] = -values[i];
    }
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = -sorted[i];
    }
    if (sorted.length == 0 || sorted[0] <= 0) {
      throw new IllegalArgumentException(
          "the largest eigenvalue of %s must be positive, got %s"
              .formatted(name, sorted.length == 0 ? "no eigenvalues" : sorted[0]));
    }
    return sorted;
  }
}
