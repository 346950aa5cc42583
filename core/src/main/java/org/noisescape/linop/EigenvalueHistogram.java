package org.noisescape.linop;

import java.util.Arrays;

/**
 * Numbers of eigenvalues in bins of log₁₀|λ|, those of either sign apart, and those that are zero
 * within the error of the values.
 *
 * <p>Edges are 10^(m/b) for integers m and b bins a decade, so that histograms with the same b
 * share their edges where they overlap. Bin i holds edge_i ≤ |λ| &lt; edge_{i+1}.
 *
 * @param edges (bins + 1), ascending; empty where all values are zero
 * @param positive (bins), numbers of λ > 0
 * @param negative (bins), numbers of λ &lt; 0
 * @param zeros number of |λ| ≤ zeroBelow
 * @param zeroBelow the error of the values, n ε ‖A‖₂
 */
public record EigenvalueHistogram(
    double[] edges, int[] positive, int[] negative, int zeros, double zeroBelow) {

  /** The histogram of some eigenvalues. */
  public static EigenvalueHistogram of(Eigenvalues eigenvalues, int binsPerDecade) {
    if (binsPerDecade < 1) {
      throw new IllegalArgumentException("bins per decade must be >= 1, got " + binsPerDecade);
    }
    double zeroBelow = eigenvalues.error();
    double[] sizes =
        Arrays.stream(eigenvalues.values()).map(Math::abs).filter(x -> x > zeroBelow).toArray();
    double[] edges = edges(sizes, binsPerDecade);
    int bins = Math.max(0, edges.length - 1);
    int[] positive = new int[bins];
    int[] negative = new int[bins];
    for (double value : eigenvalues.values()) {
      if (Math.abs(value) > zeroBelow) {
        int place = Arrays.binarySearch(edges, Math.abs(value));
        int bin = place >= 0 ? place : -place - 2;
        (value > 0 ? positive : negative)[bin]++;
      }
    }
    int zeros = eigenvalues.values().length - sizes.length;
    return new EigenvalueHistogram(edges, positive, negative, zeros, zeroBelow);
  }

  /** Number of values, zeros included. */
  public int total() {
    return Arrays.stream(positive).sum() + Arrays.stream(negative).sum() + zeros;
  }

  /** Share of the values with λ > 0 per unit of log₁₀ λ, by bin. */
  public double[] positiveDensity() {
    return density(positive);
  }

  /** Share of the values with λ &lt; 0 per unit of log₁₀|λ|, by bin. */
  public double[] negativeDensity() {
    return density(negative);
  }

  private double[] density(int[] counts) {
    double[] density = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      double width = Math.log10(edges[i + 1]) - Math.log10(edges[i]);
      density[i] = counts[i] / (total() * width);
    }
    return density;
  }

  private static double[] edges(double[] sizes, int binsPerDecade) {
    if (sizes.length == 0) {
      return new double[0];
    }
    double smallest = Arrays.stream(sizes).min().getAsDouble();
    double largest = Arrays.stream(sizes).max().getAsDouble();
    int first = (int) Math.floor(Math.log10(smallest) * binsPerDecade);
    // rounding of the logarithm must not leave a value outside
    while (edge(first, binsPerDecade) > smallest) {
      first--;
    }
    while (edge(first + 1, binsPerDecade) <= smallest) {
      first++;
    }
    int last = first + 1;
    while (edge(last, binsPerDecade) <= largest) {
      last++;
    }
    double[] edges = new double[last - first + 1];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = edge(first + i, binsPerDecade);
    }
    return edges;
  }

  private static double edge(int index, int binsPerDecade) {
    return Math.pow(10, index / (double) binsPerDecade);
  }
}
