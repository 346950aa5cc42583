package org.noisescape.experiments.mori.linearpassage;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.stat.regression.SimpleRegression;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.experiments.mori.PassageSlope;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.theory.mori.LogLandscape;
import org.noisescape.theory.mori.QuadraticPassage;
import org.noisescape.theory.mori.RegressionPassage;

/**
 * Mean first-passage times t_p of the replicas on one data set against c = L/L*.
 *
 * @param dimension d
 * @param theory η, B, h and what follows from them
 * @param points a point a threshold, ascending in c
 * @param resampling key of the bootstrap of slopes
 */
record PassageCurve(
    int dimension, LogLandscape theory, List<PassagePoint> points, RandomKey resampling) {
  /**
   * Evaluates the passages of replicas.
   *
   * @param dataSet number of the data set
   * @param levels c, ascending
   * @param passages steps (levels, R), NaN where a replica did not pass
   * @param steps step limit
   * @param seed of the bootstrap
   */
  static PassageCurve of(
      int dimension,
      int dataSet,
      LogLandscape theory,
      double[] levels,
      double[][] passages,
      long steps,
      long seed) {
    // keys of their own for every data set and threshold; the first is that of the slope
    int keys = dataSet * (levels.length + 1);
    List<PassagePoint> points =
        PassagePoint.of(levels, passages, steps, theory.learningRate(), seed, keys);
    return new PassageCurve(dimension, theory, points, RandomKey.of(seed, Purpose.BOOTSTRAP, keys));
  }

  /** Whether the mean at a threshold is known and forgets the start, t_p ≥ {@code times}/h. */
  boolean usable(int threshold, double times) {
    MeanPassageTime mean = points.get(threshold).mean();
    return mean.reliable() && mean.value() >= times / theory.curvature();
  }

  /**
   * Slope of log t_p against log c over some thresholds.
   *
   * @param window two thresholds or more
   */
  PassageSlope slope(int[] window) {
    return PassageSlope.fit(Arrays.stream(window).mapToObj(points::get).toList(), resampling);
  }

  /**
   * Slope of a law over the same thresholds.
   *
   * @param logTime c → ln t_p
   */
  double slope(int[] window, DoubleUnaryOperator logTime) {
    SimpleRegression line = new SimpleRegression();
    for (int threshold : window) {
      double level = points.get(threshold).level();
      line.addData(Math.log(level), logTime.applyAsDouble(level));
    }
    return line.getSlope();
  }

  /** Eq. 14 in d dimensions. */
  QuadraticPassage equation() {
    return new QuadraticPassage(dimension, theory.curvature(), theory.inverseTemperature());
  }

  /** Gaussian inputs and small η. */
  RegressionPassage regression() {
    return new RegressionPassage(dimension, theory);
  }
}
