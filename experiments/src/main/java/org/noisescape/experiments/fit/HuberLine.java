package org.noisescape.experiments.fit;

import java.util.Arrays;

/**
 * The line y = a + b x that minimises Σ ρ(r_i/s), ρ Huber's function.
 *
 * <p>Weights 1 up to {@value #BEND} s and {@value #BEND} s/|r| beyond, s the median absolute
 * residual over 0.6745; iterated from the least-squares line. Source: Huber and Ronchetti (2009),
 * section 7.8; the constant gives 95 % efficiency for normal errors.
 *
 * @param intercept a
 * @param slope b
 */
public record HuberLine(double intercept, double slope) {
  private static final double BEND = 1.345;
  private static final double NORMAL_MEDIAN = 0.6745;
  private static final int ITERATIONS = 50;
  private static final double CONVERGED = 1e-10;

  /** Fits at least two points with different x. */
  public static HuberLine fit(double[] x, double[] y) {
    if (x.length != y.length || x.length < 2) {
      throw new IllegalArgumentException(
          "a line needs two points or more, got %d x and %d y".formatted(x.length, y.length));
    }
    double[] weights = new double[x.length];
    Arrays.fill(weights, 1);
    HuberLine line = weighted(x, y, weights);
    double[] sizes = new double[x.length];
    for (int i = 0; i < ITERATIONS; i++) {
      for (int j = 0; j < x.length; j++) {
        sizes[j] = Math.abs(line.residual(x[j], y[j]));
      }
      double scale = median(sizes) / NORMAL_MEDIAN;
      if (scale == 0) {
        return line;
      }
      for (int j = 0; j < x.length; j++) {
        weights[j] = Math.min(1, BEND * scale / sizes[j]);
      }
      HuberLine next = weighted(x, y, weights);
      boolean converged = Math.abs(next.slope - line.slope) <= CONVERGED;
      line = next;
      if (converged) {
        return line;
      }
    }
    return line;
  }

  /** y − a − b x. */
  public double residual(double x, double y) {
    return y - at(x);
  }

  /** a + b x. */
  public double at(double x) {
    return intercept + slope * x;
  }

  private static HuberLine weighted(double[] x, double[] y, double[] weights) {
    double total = 0;
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      total += weights[i];
      meanX += weights[i] * x[i];
      meanY += weights[i] * y[i];
    }
    meanX /= total;
    meanY /= total;
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += weights[i] * (x[i] - meanX) * (x[i] - meanX);
      xy += weights[i] * (x[i] - meanX) * (y[i] - meanY);
    }
    if (!(xx > 0)) {
      throw new IllegalArgumentException("a line needs two different x");
    }
    double slope = xy / xx;
    return new HuberLine(meanY - slope * meanX, slope);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
  }
}
