package org.noisescape.krylov;

import java.util.function.ToDoubleFunction;

/**
 * A function of means, freed of its bias to first order (Quenouille 1956), with the standard error
 * of leaving out one sample at a time (Tukey 1958).
 */
final class Jackknife {
  private Jackknife() {}

  /**
   * f of the columns' means.
   *
   * @param columns values of the samples, one array a quantity
   * @param count samples
   */
  static Estimate of(
      double[][] columns, int count, ToDoubleFunction<double[]> function, long products) {
    double[] sums = new double[columns.length];
    for (int c = 0; c < columns.length; c++) {
      for (int i = 0; i < count; i++) {
        sums[c] += columns[c][i];
      }
    }
    double[] means = new double[columns.length];
    for (int c = 0; c < columns.length; c++) {
      means[c] = sums[c] / count;
    }
    double value = function.applyAsDouble(means);
    double[] others = new double[count];
    for (int i = 0; i < count && count > 1; i++) {
      for (int c = 0; c < columns.length; c++) {
        means[c] = (sums[c] - columns[c][i]) / (count - 1);
      }
      others[i] = function.applyAsDouble(means);
    }
    // the spread of leave-one-out values is (n − 1) times smaller than that of samples, and their
    // mean has n / (n − 1) times the bias
    Estimate left = Estimate.mean(others, count, 0);
    double error = (count - 1) * left.standardError();
    double corrected = count < 2 ? value : value + (count - 1) * (value - left.value());
    return new Estimate(corrected, error, count - 1, false, products);
  }
}
