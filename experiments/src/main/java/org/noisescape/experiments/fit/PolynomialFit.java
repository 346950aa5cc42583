package org.noisescape.experiments.fit;

import java.util.Arrays;

/**
 * Least-squares polynomial y = Σ_j c_j x^(p_j) with a constant, and how well it describes the
 * points.
 *
 * <p>AICc = n ln(RSS/n) + 2k + 2k(k + 1)/(n − k − 1), k the number of coefficients and one for the
 * variance; source: Hurvich and Tsai (1989). R² and the cross-validated error are those of {@link
 * LinearModel}.
 *
 * @param powers p_j, the first one 0
 * @param coefficients c_j
 * @param points n
 * @param rSquared 1 − RSS/TSS; NaN where y is constant
 * @param aicc corrected Akaike criterion
 * @param crossValidated root mean square of the left-out residuals over the deviation of y
 */
public record PolynomialFit(
    int[] powers,
    double[] coefficients,
    int points,
    double rSquared,
    double aicc,
    double crossValidated) {

  /** Full polynomial of a degree. */
  public static PolynomialFit ofDegree(int degree, double[] x, double[] y) {
    int[] powers = new int[degree];
    Arrays.setAll(powers, j -> j + 1);
    return of(x, y, powers);
  }

  /**
   * Fits a constant and some powers.
   *
   * @param x abscissas
   * @param y ordinates
   * @param powers distinct powers ≥ 1
   * @throws IllegalArgumentException where there are not at least three points more than
   *     coefficients, or a number is not finite
   */
  public static PolynomialFit of(double[] x, double[] y, int... powers) {
    int n = x.length;
    int coefficients = powers.length + 1;
    if (y.length != n || n < coefficients + 3) {
      throw new IllegalArgumentException(
          "a polynomial with %d coefficients needs %d points or more, got %d x and %d y"
              .formatted(coefficients, coefficients + 3, n, y.length));
    }
    for (int i = 0; i < n; i++) {
      if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
        throw new IllegalArgumentException("point %d is (%s, %s)".formatted(i, x[i], y[i]));
      }
    }
    // powers of x/max|x| keep the normal matrix well conditioned
    double width = Arrays.stream(x).map(Math::abs).max().orElseThrow();
    double[][] design = new double[n][powers.length];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < powers.length; j++) {
        design[i][j] = Math.pow(x[i] / width, powers[j]);
      }
    }
    LinearModel model = LinearModel.of(design, y);
    double[] c = model.coefficients();
    int[] all = new int[coefficients];
    for (int j = 1; j < coefficients; j++) {
      all[j] = powers[j - 1];
      c[j] /= Math.pow(width, powers[j - 1]);
    }
    int k = coefficients + 1;
    return new PolynomialFit(
        all,
        c,
        n,
        model.rSquared(),
        n * Math.log(model.residualSquares() / n) + 2 * k + 2.0 * k * (k + 1) / (n - k - 1),
        model.crossValidated());
  }

  /** The polynomial at a point. */
  public double at(double x) {
    double sum = 0;
    for (int j = 0; j < powers.length; j++) {
      sum += coefficients[j] * Math.pow(x, powers[j]);
    }
    return sum;
  }
}
