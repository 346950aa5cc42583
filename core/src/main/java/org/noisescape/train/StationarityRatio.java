package org.noisescape.train;

/**
 * The two sides of the fluctuation-dissipation relation, averaged over a stretch of a run.
 *
 * <p>Standard errors come from batch means: the stretch is cut into at most {@value #BATCHES}
 * batches of successive steps with residuals e_b = x_b − x̄ n_b, and for the ratio e_b = left_b − ρ
 * right_b (delta method), so that the correlation of the two sides counts. The difference of the
 * sides telescopes, which makes neighbouring batches anticorrelated; so the variance of Σe is (1 +
 * 2/J) Σ e_b² + 2 Σ e_b e_{b+1}, and at least the mean square of one batch, which is what a
 * telescoping sum has. (2/J takes out the bias of a correlation about the mean.) NaN with fewer
 * than {@value #FEWEST} batches.
 *
 * @param left O_L, mean of θ·g
 * @param leftStandardError its error
 * @param right O_R, mean of η(1+μ)/2 ‖m‖²
 * @param rightStandardError its error
 * @param ratio ρ = O_L/O_R, 1 in stationarity
 * @param ratioStandardError its error, and that of |ρ − 1|
 * @param steps steps of the stretch
 */
public record StationarityRatio(
    double left,
    double leftStandardError,
    double right,
    double rightStandardError,
    double ratio,
    double ratioStandardError,
    long steps) {
  /** Most batches of a stretch: more make each shorter than it need be. */
  public static final int BATCHES = 16;

  /** Fewest batches for a standard error. */
  public static final int FEWEST = 4;

  /** |ρ − 1|. */
  public double deviation() {
    return Math.abs(ratio - 1);
  }

  /**
   * Averages from a block to the last one.
   *
   * @param rightFactor what sums of the right side are multiplied with
   */
  static StationarityRatio of(BlockSums sums, int from, int replica, double rightFactor) {
    long steps = 0;
    for (int b = from; b < sums.blocks(); b++) {
      steps += sums.steps(b);
    }
    double[] lengths = new double[BATCHES];
    double[] left = new double[BATCHES];
    double[] right = new double[BATCHES];
    long before = 0;
    for (int b = from; b < sums.blocks(); b++) {
      // a block belongs where its middle lies
      int batch = (int) ((2 * before + sums.steps(b)) * BATCHES / (2 * steps));
      before += sums.steps(b);
      lengths[batch] += sums.steps(b);
      left[batch] += sums.left(b, replica);
      right[batch] += rightFactor * sums.right(b, replica);
    }
    double meanLeft = sum(left) / steps;
    double meanRight = sum(right) / steps;
    double ratio = meanLeft / meanRight;
    return new StationarityRatio(
        meanLeft,
        error(left, meanLeft, lengths, steps),
        meanRight,
        error(right, meanRight, lengths, steps),
        ratio,
        error(left, ratio, right, steps) / meanRight,
        steps);
  }

  /** Error of Σx/n where x_b scatter about slope·y_b, neighbours correlated. */
  private static double error(double[] x, double slope, double[] y, long steps) {
    int batches = 0;
    double squares = 0;
    double neighbours = 0;
    double former = 0;
    for (int b = 0; b < x.length; b++) {
      if (y[b] != 0) {
        double residual = x[b] - slope * y[b];
        squares += residual * residual;
        neighbours += former * residual;
        former = residual;
        batches++;
      }
    }
    if (batches < FEWEST) {
      return Double.NaN;
    }
    double variance = squares * (1 + 2.0 / batches) + 2 * neighbours;
    double least = squares / batches;
    return Math.sqrt(Math.max(variance, least) * batches / (batches - 1)) / steps;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
