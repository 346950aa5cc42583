package org.noisescape.experiments.meng.covariance;

import org.hipparchus.stat.correlation.Covariance;

/** g_j and h̃_ij of some parameters for every sample, and how they go together. */
final class CoordinateMoments {
  private final int[] chosen;
  private final int parameters;
  private final double[][] gradient;
  private final double[][] curvature;
  private final double[][] squares;

  CoordinateMoments(int[] chosen, int parameters, int samples) {
    this.chosen = chosen;
    this.parameters = parameters;
    this.gradient = new double[chosen.length][samples];
    this.curvature = new double[chosen.length][samples];
    this.squares = new double[chosen.length][chosen.length];
  }

  /** A sample's g_μ (P) and its columns H_μ e_j, one behind the other. */
  void add(int sample, double[] gradients, double[] columns) {
    for (int j = 0; j < chosen.length; j++) {
      gradient[j][sample] = gradients[chosen[j]];
      curvature[j][sample] = columns[j * parameters + chosen[j]];
      for (int i = 0; i < chosen.length; i++) {
        squares[i][j] += Math.pow(columns[j * parameters + chosen[i]], 2);
      }
    }
  }

  /** σ_j. */
  double variance(int j) {
    return covariance(gradient[j], gradient[j]);
  }

  /** ρ_j. */
  double curvatureVariance(int j) {
    return covariance(curvature[j], curvature[j]);
  }

  CoordinateNoise coordinate(int j, String layer, double[] shifts, double[] measured) {
    return new CoordinateNoise(
        layer,
        chosen[j],
        variance(j),
        curvatureVariance(j),
        covariance(gradient[j], curvature[j]),
        others(j, gradient[j], gradient),
        others(j, curvature[j], curvature),
        others(j, gradient[j], curvature),
        offDiagonal(j),
        shifts,
        measured);
  }

  /** Mean squared correlation with all others that vary. */
  private static double others(int j, double[] own, double[][] all) {
    double sum = 0;
    int count = 0;
    double variance = covariance(own, own);
    for (int i = 0; i < all.length; i++) {
      double other = covariance(all[i], all[i]);
      if (i != j && other > 0) {
        double common = covariance(own, all[i]);
        sum += common * common / (variance * other);
        count++;
      }
    }
    return sum / count;
  }

  private double offDiagonal(int j) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < chosen.length; i++) {
      double scale = Math.sqrt(squares[i][i] * squares[j][j]);
      if (i != j && scale > 0) {
        sum += squares[i][j] / scale;
        count++;
      }
    }
    return sum / count;
  }

  /** With 1/N; 0 where a unit that is off leaves no gradient. */
  static double variance(double[] x) {
    return covariance(x, x);
  }

  private static double covariance(double[] x, double[] y) {
    return new Covariance().covariance(x, y, false);
  }
}
