package org.noisescape.experiments.mori;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.stat.regression.SimpleRegression;
import org.noisescape.dynamics.statistics.CensoredTimes;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.mori.LogLandscape;
import org.noisescape.theory.mori.QuadraticPassage;

/**
 * Mean first-passage times t_p against c = L/L* in one dimension d, and the slope of log t_p
 * against log c.
 *
 * <p>Window of the slope: thresholds whose mean passage time is reliable and at least {@value
 * #RELAXATIONS} relaxation times 1/h, where the start in the minimum is forgotten. Least squares
 * with equal weights, since the relative errors are about equal; the standard error is that of
 * {@value #RESAMPLES} bootstrap samples of replicas, each with all its thresholds, because a
 * replica that is late at one is late at the next.
 *
 * @param dimension d
 * @param theory η, B, h and what follows from them
 * @param points a point a threshold, ascending in c
 * @param slope least-squares slope; NaN where the window has fewer than two thresholds
 * @param standardError of the slope
 */
record PassageCurve(
    int dimension,
    LogLandscape theory,
    List<PassagePoint> points,
    double slope,
    double standardError) {
  static final double RELAXATIONS = 10;
  static final int RESAMPLES = 400;

  private static final double CONFIDENCE = 0.95;

  /**
   * Evaluates the passages of replicas.
   *
   * @param levels c, ascending
   * @param passages steps (levels, R), NaN where a replica did not pass
   * @param steps step limit
   * @param seed of the bootstrap
   */
  static PassageCurve of(
      int dimension,
      LogLandscape theory,
      double[] levels,
      double[][] passages,
      long steps,
      long seed) {
    double eta = theory.learningRate();
    List<PassagePoint> points = new ArrayList<>();
    for (int c = 0; c < levels.length; c++) {
      double[] times = Arrays.stream(passages[c]).map(k -> eta * k).toArray();
      CensoredTimes censored = CensoredTimes.until(times, eta * steps);
      // a stream of its own for every threshold and dimension
      RandomKey key = RandomKey.of(seed, Purpose.BOOTSTRAP, 1000 * dimension + c + 1);
      points.add(
          new PassagePoint(levels[c], censored, MeanPassageTime.of(censored, CONFIDENCE, key)));
    }
    List<PassagePoint> window = window(points, theory);
    if (window.size() < 2) {
      return new PassageCurve(dimension, theory, points, Double.NaN, Double.NaN);
    }
    RandomKey key = RandomKey.of(seed, Purpose.BOOTSTRAP, 1000 * dimension);
    return new PassageCurve(dimension, theory, points, slope(window), error(window, key));
  }

  /** The thresholds the slope is taken over. */
  List<PassagePoint> window() {
    return window(points, theory);
  }

  /** log₁₀ of the ratio of the window's ends; 0 where it is empty. */
  double decades() {
    List<PassagePoint> window = window();
    return window.isEmpty() ? 0 : Math.log10(window.getLast().level() / window.getFirst().level());
  }

  /** B/(ηh) + 1 − d/2. */
  double theorySlope() {
    return theory.passageSlope(dimension);
  }

  /**
   * Slope of the exact mean passage times of the text's own equation over the same thresholds; NaN
   * where there are fewer than two.
   */
  double equationSlope() {
    SimpleRegression line = new SimpleRegression();
    QuadraticPassage equation = equation();
    window()
        .forEach(p -> line.addData(Math.log(p.level()), equation.meanTime(p.level()).logValue()));
    return line.getSlope();
  }

  /** Eq. 14 in d dimensions. */
  QuadraticPassage equation() {
    return new QuadraticPassage(dimension, theory.curvature(), theory.inverseTemperature());
  }

  private static List<PassagePoint> window(List<PassagePoint> points, LogLandscape theory) {
    return points.stream()
        .filter(p -> p.mean().reliable() && p.mean().value() >= RELAXATIONS / theory.curvature())
        .toList();
  }

  private static double slope(List<PassagePoint> window) {
    SimpleRegression line = new SimpleRegression();
    window.forEach(p -> line.addData(Math.log(p.level()), Math.log(p.mean().value())));
    return line.getSlope();
  }

  private static double error(List<PassagePoint> window, RandomKey key) {
    int replicas = window.getFirst().times().replicas();
    int[] chosen = new int[replicas];
    double[] slopes = new double[RESAMPLES];
    for (int s = 0; s < RESAMPLES; s++) {
      RandomStream random = key.stream(s);
      Arrays.setAll(chosen, r -> random.nextInt(replicas));
      SimpleRegression line = new SimpleRegression();
      for (PassagePoint p : window) {
        double mean = MeanPassageTime.value(p.times().resampled(chosen));
        line.addData(Math.log(p.level()), Math.log(mean));
      }
      slopes[s] = line.getSlope();
    }
    double mean = Arrays.stream(slopes).average().orElseThrow();
    double squares = Arrays.stream(slopes).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (RESAMPLES - 1));
  }
}
