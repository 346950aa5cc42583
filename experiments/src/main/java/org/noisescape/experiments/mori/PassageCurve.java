package org.noisescape.experiments.mori;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.stat.regression.SimpleRegression;
import org.noisescape.dynamics.statistics.CensoredTimes;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.mori.LogLandscape;
import org.noisescape.theory.mori.QuadraticPassage;

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
  static final int RESAMPLES = 400;

  private static final double CONFIDENCE = 0.95;

  /** Slope of log t_p against log c with its standard error. */
  record Slope(double value, double standardError) {}

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
    double eta = theory.learningRate();
    // keys of their own for every data set and threshold; the first is that of the slope
    int keys = dataSet * (levels.length + 1);
    List<PassagePoint> points = new ArrayList<>();
    for (int c = 0; c < levels.length; c++) {
      double[] times = Arrays.stream(passages[c]).map(k -> eta * k).toArray();
      CensoredTimes censored = CensoredTimes.until(times, eta * steps);
      RandomKey key = RandomKey.of(seed, Purpose.BOOTSTRAP, keys + c + 1);
      points.add(
          new PassagePoint(levels[c], censored, MeanPassageTime.of(censored, CONFIDENCE, key)));
    }
    return new PassageCurve(dimension, theory, points, RandomKey.of(seed, Purpose.BOOTSTRAP, keys));
  }

  /** Whether the mean at a threshold is known and forgets the start, t_p ≥ {@code times}/h. */
  boolean usable(int threshold, double times) {
    MeanPassageTime mean = points.get(threshold).mean();
    return mean.reliable() && mean.value() >= times / theory.curvature();
  }

  /**
   * Least squares over some thresholds, with equal weights since the relative errors are about
   * equal. The error is the spread over {@value #RESAMPLES} bootstrap samples of replicas, each
   * with all its thresholds: a replica that is late at one is late at the next.
   *
   * @param window two thresholds or more
   */
  Slope slope(int[] window) {
    double[] slopes = new double[RESAMPLES];
    int replicas = points.getFirst().times().replicas();
    int[] chosen = new int[replicas];
    for (int s = 0; s < RESAMPLES; s++) {
      RandomStream random = resampling.stream(s);
      Arrays.setAll(chosen, r -> random.nextInt(replicas));
      slopes[s] = line(window, p -> MeanPassageTime.value(p.times().resampled(chosen)));
    }
    double mean = Arrays.stream(slopes).average().orElseThrow();
    double squares = Arrays.stream(slopes).map(v -> (v - mean) * (v - mean)).sum();
    return new Slope(line(window, p -> p.mean().value()), Math.sqrt(squares / (RESAMPLES - 1)));
  }

  /** Slope of the exact mean passage times of the text's own equation over the same thresholds. */
  double equationSlope(int[] window) {
    QuadraticPassage equation = equation();
    return line(window, p -> equation.meanTime(p.level()).value());
  }

  /** Eq. 14 in d dimensions. */
  QuadraticPassage equation() {
    return new QuadraticPassage(dimension, theory.curvature(), theory.inverseTemperature());
  }

  private double line(int[] window, ToDoubleFunction<PassagePoint> time) {
    SimpleRegression line = new SimpleRegression();
    for (int threshold : window) {
      PassagePoint point = points.get(threshold);
      line.addData(Math.log(point.level()), Math.log(time.applyAsDouble(point)));
    }
    return line.getSlope();
  }
}
