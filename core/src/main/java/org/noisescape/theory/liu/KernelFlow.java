package org.noisescape.theory.liu;

import java.util.Arrays;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.noisescape.theory.Domain;

/**
 * Gradient flow of a linearised network on the mean-square loss: with the kernel Θ between samples
 * the residuals of the training set are r(t) = e^(−Θt/N) r(0), and a prediction elsewhere changes
 * by −Θ_* Θ⁻¹(1 − e^(−Θt/N)) r(0).
 *
 * <p>Source: Jacot, Gabriel, Hongler (2018), section 5; the limit of small rates in Liu et al.
 * (2021), Fig. 1(a).
 */
public final class KernelFlow {
  private static final int EVALUATIONS = 200;
  private static final double ACCURACY = 1e-14;

  private final RealMatrix vectors;
  private final double[] values;

  /**
   * Decomposes a kernel.
   *
   * @param kernel Θ of the training set, shape (N, N), symmetric and positive semidefinite
   */
  public KernelFlow(double[][] kernel) {
    EigenDecompositionSymmetric parts =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(kernel));
    vectors = parts.getV();
    values = Arrays.stream(parts.getEigenvalues()).map(v -> Math.max(0, v)).toArray();
  }

  /**
   * What has to be taken from predictions when a training loss is met.
   *
   * @param time t/N of the loss
   * @param weights Θ⁻¹(1 − e^(−Θt/N)) r(0), shape (N, K)
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Fit(double time, double[][] weights) {
    /**
     * Predictions less those at the start.
     *
     * @param kernel Θ_* of other samples with the training set, shape (M, N)
     * @return shape (M, K)
     */
    public double[][] change(double[][] kernel) {
      return new Array2DRowRealMatrix(kernel)
          .multiply(new Array2DRowRealMatrix(weights))
          .scalarMultiply(-1)
          .getData();
    }
  }

  /**
   * Flows until (1/N) Σ ½‖r‖² is a loss.
   *
   * @param residuals r(0) = f − y of the training set, shape (N, K)
   * @param loss above 0, at most that of the start
   * @throws IllegalArgumentException where the loss is not met on the way
   */
  public Fit until(double[][] residuals, double loss) {
    Domain.positive("loss to be met", loss);
    RealMatrix start = vectors.transposeMultiply(new Array2DRowRealMatrix(residuals));
    int n = values.length;
    double[] squares = new double[n];
    for (int i = 0; i < n; i++) {
      squares[i] = Arrays.stream(start.getRow(i)).map(r -> r * r).sum();
    }
    if (loss(squares, 0) < loss) {
      throw new IllegalArgumentException(
          "the loss is %s at the start, below the %s to be met".formatted(loss(squares, 0), loss));
    }
    double high = 1 / Arrays.stream(values).max().orElseThrow();
    while (loss(squares, high) > loss) {
      high *= 2;
      if (Double.isInfinite(high)) {
        throw new IllegalArgumentException("the kernel's flow never meets the loss " + loss);
      }
    }
    double time =
        loss(squares, 0) == loss
            ? 0
            : new BrentSolver(ACCURACY, 0)
                .solve(EVALUATIONS, t -> Math.log(loss(squares, t) / loss), 0, high);
    for (int i = 0; i < n; i++) {
      double factor = values[i] == 0 ? time : -Math.expm1(-values[i] * time) / values[i];
      for (int k = 0; k < start.getColumnDimension(); k++) {
        start.multiplyEntry(i, k, factor);
      }
    }
    return new Fit(time, vectors.multiply(start).getData());
  }

  private double loss(double[] squares, double time) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += squares[i] * Math.exp(-2 * values[i] * time);
    }
    return sum / (2 * values.length);
  }
}
