package org.noisescape.krylov;

import java.util.Arrays;

/**
 * Where the bulk of a spectrum ends: after the last of the largest eigenvalues whose distance to
 * the next, in logarithm, is {@code factor} times the median distance of the {@code window} pairs
 * that follow.
 *
 * <p>Inside a bulk distances are alike (a distance of ten medians has probability 10⁻³ even where
 * eigenvalues are independent, and none where they repel each other as in random matrices), while
 * an outlier is far from the bulk on the bulk's own scale. The median does not mind a few outliers
 * within the window.
 *
 * @param candidates largest eigenvalues among which outliers are sought
 * @param window pairs behind a distance that say what is usual
 * @param factor how many times the usual distance makes an edge
 * @param ratio least λ_i / λ_{i+1} at the edge: distances below are rounding or of no interest
 */
public record OutlierRule(int candidates, int window, double factor, double ratio) {
  /** The default: 50 candidates, windows of 10, ten times the median, at least 5 percent apart. */
  public static final OutlierRule DEFAULT = new OutlierRule(50, 10, 10, 1.05);

  /** Checks the ranges. */
  public OutlierRule {
    if (candidates < 1 || window < 1 || !(factor > 1) || !(ratio >= 1)) {
      throw new IllegalArgumentException(
          "need candidates >= 1, window >= 1, factor > 1, ratio >= 1, got "
              + "%d, %d, %s, %s".formatted(candidates, window, factor, ratio));
    }
  }

  /**
   * What the rule finds.
   *
   * @param count outliers; 0 where no edge is sharp
   * @param edge largest eigenvalue of the bulk: 0 where that is rounding, NaN for an empty list
   * @param sharpness log-distance at the edge over the median of those that follow, at least the
   *     factor; without outliers, the largest such number among the candidates
   * @param floor eigenvalues no larger than this are rounding
   * @param above eigenvalues above the floor among those given
   * @param rule the rule
   */
  public record Outliers(
      int count, double edge, double sharpness, double floor, int above, OutlierRule rule) {
    /** Whether there is an edge by the rule. */
    public boolean isSharp() {
      return count > 0;
    }
  }

  /**
   * Applies the rule to the eigenvalues above a floor. Where they are followed by such as are zero
   * but for rounding, that is the edge, infinitely sharp: in logarithm zero is infinitely far away.
   *
   * @param descending all eigenvalues, or the largest, at least window + 2 positive ones for the
   *     rule to find an edge among them
   * @param floor ≥ 0: eigenvalues of no larger size are rounding
   */
  Outliers applyTo(double[] descending, double floor) {
    double[] positive = Arrays.stream(descending).filter(value -> value > floor).toArray();
    int rank = positive.length;
    boolean ends = floor > 0 && rank < descending.length && descending[rank] >= -floor;
    if (ends && rank > 0 && rank <= candidates) {
      return new Outliers(rank, 0, Double.POSITIVE_INFINITY, floor, rank, this);
    }
    double[] distances = new double[Math.max(0, positive.length - 1)];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = Math.log(positive[i] / positive[i + 1]);
    }
    int last = Math.min(candidates, distances.length - window);
    double sharpest = 0;
    int count = 0;
    double sharpness = 0;
    for (int i = 0; i < last; i++) {
      double[] following = Arrays.copyOfRange(distances, i + 1, i + 1 + window);
      Arrays.sort(following);
      double median = 0.5 * (following[(window - 1) / 2] + following[window / 2]);
      boolean apart = distances[i] > 0 && distances[i] >= Math.log(ratio);
      double times = apart ? distances[i] / median : 0;
      sharpest = Math.max(sharpest, times);
      if (times >= factor) {
        count = i + 1;
        sharpness = times;
      }
    }
    double edge = positive.length > count ? positive[count] : Double.NaN;
    return new Outliers(count, edge, count > 0 ? sharpness : sharpest, floor, rank, this);
  }
}
