package org.noisescape.experiments.wei.tracerate;

import java.util.List;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.WeightedLine;

/**
 * Weighted lines through the changes of the trace.
 *
 * @param line ΔT on η²
 * @param powers ln|ΔT| on ln η
 * @param largest |ΔT|
 * @param degreesOfFreedom of the points' errors, Σ (R − 1)
 * @param valid whether no replica changed the sign of an absolute value
 */
record TraceFit(
    WeightedLine line,
    WeightedLine powers,
    double largest,
    double degreesOfFreedom,
    boolean valid) {
  /** Fits three points or more. */
  static TraceFit of(List<TracePoint> points) {
    double[] change = Column.of(points, TracePoint::change);
    double[] error = Column.of(points, TracePoint::standardError);
    return new TraceFit(
        WeightedLine.of(Column.of(points, TracePoint::squaredRate), change, error),
        WeightedLine.of(
            Column.of(points, point -> Math.log(point.learningRate())),
            Column.of(points, point -> Math.log(Math.abs(point.change()))),
            Column.of(points, point -> point.standardError() / Math.abs(point.change()))),
        points.stream().mapToDouble(point -> Math.abs(point.change())).max().orElseThrow(),
        points.stream().mapToDouble(point -> point.replicas() - 1.0).sum(),
        points.stream().allMatch(point -> point.flipped() == 0));
  }

  /** ΔT a unit of η². */
  PointEstimate slope() {
    return estimate(line.slope(), line.slopeError());
  }

  /** Intercept over the largest change. */
  PointEstimate intercept() {
    return estimate(line.intercept() / largest, line.interceptError() / largest);
  }

  /** d ln|ΔT|/d ln η. */
  PointEstimate exponent() {
    return estimate(powers.slope(), powers.slopeError());
  }

  private PointEstimate estimate(double value, double error) {
    return new PointEstimate(value, error, degreesOfFreedom).provided(valid);
  }
}
