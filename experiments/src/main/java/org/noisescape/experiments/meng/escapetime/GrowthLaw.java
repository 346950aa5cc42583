package org.noisescape.experiments.meng.escapetime;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.WeightedLine;

/**
 * How escape times grow with the barrier: log τ = a + b z_q, z_q = (e^q − 1)/q with e = 1 + (μ/σ)ΔL
 * raised to q, a power of e for q → 0 and an exponential of ΔL for q = 1. Source of the family: Box
 * and Cox (1964).
 *
 * @param bend q by least squares, weighted with the errors of the times
 * @param bendError its standard error
 * @param power log τ against log(1 + (μ/σ)ΔL)
 * @param exponential log τ against ΔL
 */
record GrowthLaw(double bend, double bendError, WeightedLine power, WeightedLine exponential) {
  /** q is sought here, first on a grid. */
  private static final double LEAST = -3;

  private static final double MOST = 4;
  private static final int GRID = 140;
  private static final int SECTIONS = 60;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /** Step of a derivative by central differences. */
  private static final double STEP = 1e-4;

  static GrowthLaw of(List<WellPassage> points, double growth) {
    double[] barriers = Column.of(points, p -> p.well().barrier());
    return of(
        map(barriers, barrier -> Math.log1p(growth * barrier)),
        barriers,
        Column.of(points, WellPassage::log),
        Column.of(points, WellPassage::logError));
  }

  /**
   * The same of y against any e.
   *
   * @param logs log e
   * @param x of which the exponential is taken, e or in proportion to it
   */
  static GrowthLaw of(double[] logs, double[] x, double[] y, double[] error) {
    double q = leastSquares(logs, y, error);
    // what a change of q adds that no change of a and b takes away
    double slope = WeightedLine.of(at(logs, q), y, error).slope();
    double[] above = at(logs, q + STEP);
    double[] below = at(logs, q - STEP);
    double[] change = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      change[i] = slope * (above[i] - below[i]) / (2 * STEP);
    }
    double information = WeightedLine.of(at(logs, q), change, error).chiSquare();
    return new GrowthLaw(
        q,
        1 / Math.sqrt(information),
        WeightedLine.of(logs, y, error),
        WeightedLine.of(x, y, error));
  }

  private static double leastSquares(double[] logs, double[] y, double[] error) {
    DoubleUnaryOperator square = q -> WeightedLine.of(at(logs, q), y, error).chiSquare();
    double width = (MOST - LEAST) / GRID;
    double best = LEAST;
    for (int k = 1; k <= GRID; k++) {
      double q = LEAST + k * width;
      best = square.applyAsDouble(q) < square.applyAsDouble(best) ? q : best;
    }
    double from = best - width;
    double to = best + width;
    for (int k = 0; k < SECTIONS; k++) {
      double left = to - GOLDEN * (to - from);
      double right = from + GOLDEN * (to - from);
      if (square.applyAsDouble(left) < square.applyAsDouble(right)) {
        to = right;
      } else {
        from = left;
      }
    }
    return (from + to) / 2;
  }

  /** z_q of e, whose logarithms are given. */
  private static double[] at(double[] logs, double q) {
    return map(logs, x -> q == 0 ? x : Math.expm1(q * x) / q);
  }

  private static double[] map(double[] x, DoubleUnaryOperator f) {
    return Arrays.stream(x).map(f).toArray();
  }
}
