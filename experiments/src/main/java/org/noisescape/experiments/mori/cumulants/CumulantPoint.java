package org.noisescape.experiments.mori.cumulants;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The noise of one pre-trained network.
 *
 * @param seed replica
 * @param loss L* at the end of the pre-training
 * @param converged whether both eigenvectors are
 * @param directions in the order of {@link CumulantDirection}
 * @param raised along the top eigenvector of H, both ways, level by level
 */
record CumulantPoint(
    int seed,
    double loss,
    boolean converged,
    List<DirectionCumulants> directions,
    List<RaisedPoint> raised) {
  CumulantPoint {
    directions = List.copyOf(directions);
    raised = List.copyOf(raised);
  }

  DirectionCumulants along(CumulantDirection direction) {
    return directions.get(direction.ordinal());
  }

  List<RaisedPoint> at(double level) {
    return raised.stream().filter(point -> point.level() == level).toList();
  }

  /** s* over the Gaussian one at a level, geometric mean of both ways. */
  double rootOverGaussian(double level) {
    return geometricMean(level, RaisedPoint::rootOverGaussian);
  }

  /** s* over that of the noise of Eq. 6, geometric mean of both ways. */
  double rootOverText(double level) {
    double curvature = along(CumulantDirection.HESSIAN).curvature();
    return geometricMean(level, point -> point.rootOverText(curvature));
  }

  private double geometricMean(double level, ToDoubleFunction<RaisedPoint> quantity) {
    return Math.exp(
        at(level).stream().mapToDouble(quantity).map(Math::log).average().orElse(Double.NaN));
  }

  /** Largest share of one sample at a level. */
  double largestShare(double level) {
    return at(level).stream().mapToDouble(RaisedPoint::largestShare).max().orElse(Double.NaN);
  }
}
