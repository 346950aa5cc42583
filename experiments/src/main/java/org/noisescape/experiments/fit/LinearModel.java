package org.noisescape.experiments.fit;

import java.util.Arrays;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;

/**
 * Least-squares y = c_0 + Σ_j c_j f_j(x), and how well it describes the points.
 *
 * <p>The cross-validated error leaves out one point at a time, e_i/(1 − h_ii) with h the hat
 * matrix, and is relative to the standard deviation of y.
 *
 * @param coefficients c_j, the constant first
 * @param residualSquares RSS
 * @param rSquared 1 − RSS/TSS; NaN where y is constant
 * @param crossValidated root mean square of the left-out residuals over the deviation of y
 */
public record LinearModel(
    double[] coefficients, double residualSquares, double rSquared, double crossValidated) {

  /**
   * Fits.
   *
   * @param design f_j at each point, a row a point, without the constant
   */
  public static LinearModel of(double[][] design, double[] y) {
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.newSampleData(y, design);
    double[] residuals = regression.estimateResiduals();
    double rss = Arrays.stream(residuals).map(e -> e * e).sum();
    double total = squaresAboutMean(y);
    return new LinearModel(
        regression.estimateRegressionParameters(),
        rss,
        total > 0 ? 1 - rss / total : Double.NaN,
        total > 0
            ? leftOut(regression.calculateHat(), residuals) / Math.sqrt(total / y.length)
            : Double.NaN);
  }

  private static double leftOut(RealMatrix hat, double[] residuals) {
    double sum = 0;
    for (int i = 0; i < residuals.length; i++) {
      double error = residuals[i] / (1 - hat.getEntry(i, i));
      sum += error * error;
    }
    return Math.sqrt(sum / residuals.length);
  }

  private static double squaresAboutMean(double[] y) {
    double mean = Arrays.stream(y).average().orElseThrow();
    return Arrays.stream(y).map(v -> (v - mean) * (v - mean)).sum();
  }
}
