package org.noisescape.experiments.meng.covariance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Paths of 21 points whose noise is given. */
final class NoisePaths {
  private NoisePaths() {}

  /**
   * Around a minimum.
   *
   * @param noise of the shift in units of the half width
   */
  static PathFit fit(DoubleUnaryOperator noise) {
    return fit("conv1", noise);
  }

  static PathFit fit(String layer, DoubleUnaryOperator noise) {
    List<CovariancePoint> points = new ArrayList<>();
    for (int i = -10; i <= 10; i++) {
      double s = i * 1e-3;
      points.add(new CovariancePoint(i, s, s, 0.001, noise.applyAsDouble(i / 10.0), 0));
    }
    return PathFit.of(new CovariancePath(layer, 0, 1, points));
  }
}
