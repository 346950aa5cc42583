package org.noisescape.experiments.mori.saddle;

import java.util.Arrays;
import org.noisescape.dynamics.landscape.Landscape;

/**
 * L = L* + ΔL S(x) + ½ Σ k_j(x) y_j², k_j = k_j* + (k_jˢ − k_j*) S(x), S = (1 − x²)²: a minimum at
 * x = −1, a saddle at x = 0, and the clock of a trajectory.
 *
 * <p>Beyond the minimum, x &lt; −1, S continues as the parabola 4(x + 1)², and k_j stays k_j*.
 * Curvatures along x are h_e = 1 at the minimum and h_eˢ = −½ at the saddle, ΔL = 1/8: L* = ΔL/(c −
 * 1) alone decides c. The directions of the Hessian's eigenvectors are the axes wherever y = 0.
 *
 * <p>θ = (x, y, τ/L*) with n + 1 numbers: what descends in the last one is the clock, dτ = L dt.
 *
 * @param minimum k_j* &gt; 0
 * @param saddle k_jˢ &gt; 0
 * @param lossRatio c = L(θˢ)/L(θ*) &gt; 1
 */
record SaddleWell(double[] minimum, double[] saddle, double lossRatio) implements Landscape {
  static final double BARRIER = 1.0 / 8;

  /** h_e. */
  static final double CURVATURE = 8 * BARRIER;

  /** h_eˢ. */
  static final double SADDLE_CURVATURE = -4 * BARRIER;

  /** Beyond it a replica has escaped: the way back is as good as closed. */
  static final double ESCAPED = 0.8;

  /** n. */
  int directions() {
    return minimum.length + 1;
  }

  @Override
  public int dimension() {
    return minimum.length + 2;
  }

  double minimumLoss() {
    return BARRIER / (lossRatio - 1);
  }

  /** Where replicas start. */
  double[] start() {
    double[] start = new double[dimension()];
    start[0] = -1;
    return start;
  }

  @Override
  public double value(double[] theta) {
    double shape = inner(theta[0]);
    double sum = minimumLoss() + BARRIER * outer(theta[0]);
    for (int j = 0; j < minimum.length; j++) {
      sum += (minimum[j] + (saddle[j] - minimum[j]) * shape) * theta[j + 1] * theta[j + 1] / 2;
    }
    return sum;
  }

  @Override
  public void gradient(double[] theta, double[] into) {
    double x = theta[0];
    double shape = inner(x);
    double along = BARRIER * (x < -1 ? 8 * (x + 1) : slope(x));
    for (int j = 0; j < minimum.length; j++) {
      double y = theta[j + 1];
      double change = saddle[j] - minimum[j];
      into[j + 1] = (minimum[j] + change * shape) * y;
      along += x < -1 ? 0 : change * slope(x) * y * y / 2;
    }
    into[0] = along;
    into[theta.length - 1] = -value(theta) / minimumLoss();
  }

  @Override
  public void hessian(double[] theta, double[] into) {
    int size = theta.length;
    double x = theta[0];
    boolean beyond = x < -1;
    Arrays.fill(into, 0);
    into[0] = BARRIER * (beyond ? 8 : 12 * x * x - 4);
    for (int j = 0; j < minimum.length; j++) {
      double y = theta[j + 1];
      double change = saddle[j] - minimum[j];
      int row = (j + 1) * size;
      into[row + j + 1] = minimum[j] + change * inner(x);
      if (!beyond) {
        into[0] += change * (12 * x * x - 4) * y * y / 2;
        into[row] = change * slope(x) * y;
        into[j + 1] = into[row];
      }
    }
    // of the clock: the field's Jacobian, which is no Hessian
    double[] field = new double[size];
    gradient(theta, field);
    for (int i = 0; i < size - 1; i++) {
      into[(size - 1) * size + i] = -field[i] / minimumLoss();
    }
  }

  /** S where k follows it. */
  private static double inner(double x) {
    return x < -1 ? 0 : (1 - x * x) * (1 - x * x);
  }

  private static double outer(double x) {
    return x < -1 ? 4 * (x + 1) * (x + 1) : inner(x);
  }

  private static double slope(double x) {
    return -4 * x * (1 - x * x);
  }

  /** dU/dx along y = 0, U = log L, between minimum and saddle. */
  double logSlope(double x) {
    return BARRIER * slope(x) / (minimumLoss() + BARRIER * inner(x));
  }

  /** κ_j = k_j/L along y = 0. */
  double logCurvature(int j, double x) {
    return (minimum[j] + (saddle[j] - minimum[j]) * inner(x))
        / (minimumLoss() + BARRIER * inner(x));
  }

  /** dκ_j/dx. */
  double logCurvatureSlope(int j, double x) {
    double loss = minimumLoss() + BARRIER * inner(x);
    return (saddle[j] - minimum[j]) * slope(x) / loss - logCurvature(j, x) * logSlope(x);
  }
}
