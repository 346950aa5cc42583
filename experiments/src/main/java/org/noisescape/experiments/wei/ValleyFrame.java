package org.noisescape.experiments.wei;

import java.util.Arrays;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.ThirdDerivative;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.linop.LinearOperator;
import org.noisescape.theory.wei.SpectralDrift;

/**
 * A minimum of a degenerate valley as the theorems see it: the curved directions, and how their
 * eigenvalues change along the valley.
 *
 * <p>∇λ_i = ∇³L[v_i, v_i, ·]; ∇̂λ_i is what is left of it outside the span of v_1, …, v_n. The
 * other eigenvalues stay zero along the valley, so that ∇̂ tr H = Σ ∇̂λ_i.
 *
 * @param eigenvalues λ_i, descending (n)
 * @param vectors v_i, orthonormal (n, P)
 * @param gradients ∇λ_i (n, P)
 * @param next the (n + 1)-th largest eigenvalue, 0 but for rounding where n is right
 * @param error largest error of a ∇λ_i
 */
public record ValleyFrame(
    double[] eigenvalues, double[][] vectors, double[][] gradients, double next, double error) {
  /** Residuals of eigenpairs over the largest eigenvalue. */
  private static final double TOLERANCE = 1e-9;

  /** Basis vectors beside twice the curved directions. */
  private static final int SPARE = 4;

  /**
   * At the minimum where a curvature is.
   *
   * @param curvature of float64
   * @param curved n
   * @param seed of the search
   */
  public static ValleyFrame of(Curvature curvature, int curved, long seed) {
    LinearOperator hessian = curvature.hessian();
    // single vectors fill the n curved directions after n products; nothing else is to be found
    LanczosOptions options =
        LanczosOptions.of(hessian, curved + 1, End.LARGEST, seed)
            .withBlock(1)
            .withBasis(Math.min(hessian.dimension(), 2 * curved + SPARE))
            .withTolerance(TOLERANCE);
    double[] values;
    double[][] vectors = new double[curved][];
    try (RitzPairs pairs = Lanczos.solve(hessian, options)) {
      values = pairs.values();
      double[] all = curvature.engine().memory().readDoubles(pairs.vectors());
      int size = curvature.dimension();
      for (int i = 0; i < curved; i++) {
        vectors[i] = Arrays.copyOfRange(all, i * size, (i + 1) * size);
      }
    }
    double[][] gradients = new double[curved][];
    double error = 0;
    try (ThirdDerivative third = new ThirdDerivative(curvature)) {
      for (int i = 0; i < curved; i++) {
        ThirdDerivative.Value value = third.along(vectors[i]);
        gradients[i] = value.vector();
        error = Math.max(error, value.error());
      }
    }
    return new ValleyFrame(
        Arrays.copyOf(values, curved), vectors, gradients, values[curved], error);
  }

  /** n. */
  public int curved() {
    return eigenvalues.length;
  }

  /** tr H. */
  public double trace() {
    return Arrays.stream(eigenvalues).sum();
  }

  /** ∇̂λ_i (n, P). */
  public double[][] slopes() {
    return Arrays.stream(gradients).map(this::along).toArray(double[][]::new);
  }

  /** The theorems at this point, with the parts of the gradients along the valley. */
  public SpectralDrift drift(double learningRate) {
    return new SpectralDrift(learningRate, eigenvalues, slopes());
  }

  /** ‖∇ tr H‖², the part across the valley included. */
  public double wholeSlope() {
    double[] sum = new double[vectors[0].length];
    for (double[] gradient : gradients) {
      add(1, gradient, sum);
    }
    return dot(sum, sum);
  }

  /** θ_i = v_i·δ, the coordinates in the curved directions (n). */
  public double[] coordinates(double... delta) {
    double[] coordinates = new double[curved()];
    Arrays.setAll(coordinates, i -> dot(vectors[i], delta));
    return coordinates;
  }

  /** What is left of a vector outside the curved directions (P). */
  public double[] along(double... vector) {
    double[] left = vector.clone();
    double[] coordinates = coordinates(vector);
    for (int i = 0; i < coordinates.length; i++) {
      add(-coordinates[i], vectors[i], left);
    }
    return left;
  }

  /** y ← y + factor·x. */
  public static void add(double factor, double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] += factor * x[i];
    }
  }

  /** a·b. */
  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
