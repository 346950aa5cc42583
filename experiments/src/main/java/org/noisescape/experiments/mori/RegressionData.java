package org.noisescape.experiments.mori;

import java.util.Map;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DataLocation;
import org.noisescape.datasets.Dataset;
import org.noisescape.dynamics.landscape.LinearRegression;

/**
 * The linear regression of the text, f = θ·x without bias, x and y all N(0, 1): its loss and where
 * that is least.
 *
 * @param landscape L(θ) = (1/2N) Σ (θ·x_μ − y_μ)²
 * @param minimum θ*
 * @param minimumLoss L* = L(θ*)
 * @param hessian H (d·d)
 * @param largest largest eigenvalue of H
 * @param digests file → digest of the data
 */
public record RegressionData(
    LinearRegression landscape,
    double[] minimum,
    double minimumLoss,
    double[] hessian,
    double largest,
    Map<String, String> digests) {

  /**
   * Draws the data.
   *
   * @param dimension d
   * @param samples N
   * @param seed of the data
   */
  public static RegressionData draw(int dimension, int samples, long seed) {
    if (samples <= dimension) {
      throw new IllegalArgumentException(
          "--set samples=%d: linear regression with d = %d needs more samples than that, or L* is 0"
              .formatted(samples, dimension));
    }
    Dataset data =
        Catalogue.load(
                "gaussian-regression:d=%d,n=%d,seed=%d".formatted(dimension, samples, seed),
                DataLocation.of(java.util.Optional.empty(), Map.of()))
            .train();
    float[] inputs = new float[dimension * samples];
    data.features().copyRows(0, samples, inputs, 0);
    double[] x = IntStream.range(0, inputs.length).mapToDouble(i -> inputs[i]).toArray();
    double[] y =
        IntStream.range(0, samples).mapToDouble(i -> data.regressionTargets()[i]).toArray();
    return of(dimension, x, y, data.digests());
  }

  /** Of data given, inputs (N, d) row by row. */
  static RegressionData of(int dimension, double[] x, double[] y, Map<String, String> digests) {
    LinearRegression landscape = new LinearRegression(dimension, x, y);
    double[] flat = new double[dimension * dimension];
    landscape.hessian(new double[dimension], flat);
    double[] slope = new double[dimension];
    landscape.gradient(new double[dimension], slope);
    Array2DRowRealMatrix hessian = new Array2DRowRealMatrix(dimension, dimension);
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) {
        hessian.setEntry(i, j, flat[i * dimension + j]);
      }
    }
    double[] minimum =
        new CholeskyDecomposition(hessian)
            .getSolver()
            .solve(new ArrayRealVector(slope).mapMultiply(-1))
            .toArray();
    double largest = new EigenDecompositionSymmetric(hessian).getEigenvalue(0);
    return new RegressionData(landscape, minimum, landscape.value(minimum), flat, largest, digests);
  }

  /** d. */
  int dimension() {
    return minimum.length;
  }

  /** h = tr H/d, what the text takes for every eigenvalue. */
  public double curvature() {
    double trace = 0;
    for (int i = 0; i < dimension(); i++) {
      trace += hessian[i * dimension() + i];
    }
    return trace / dimension();
  }

  /** q = L/L* − 1, without cancellation near the minimum; NaN or infinite where θ is. */
  public double excess(double[] theta, int offset) {
    int d = dimension();
    double sum = 0;
    for (int i = 0; i < d; i++) {
      double row = 0;
      for (int j = 0; j < d; j++) {
        row += hessian[i * d + j] * (theta[offset + j] - minimum[j]);
      }
      sum += row * (theta[offset + i] - minimum[i]);
    }
    return sum / (2 * minimumLoss);
  }
}
