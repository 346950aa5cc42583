package org.noisescape.experiments.mori;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.stat.regression.SimpleRegression;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Slope of log t_p against log c over a window of thresholds.
 *
 * <p>Window: thresholds whose mean passage time is reliable and at least some shortest time, where
 * the start is forgotten. Least squares with equal weights, since the relative errors are about
 * equal; the standard error is that of {@value #RESAMPLES} bootstrap samples of replicas, each with
 * all its thresholds, because a replica that is late at one is late at the next.
 *
 * @param window the thresholds, ascending in c
 * @param slope least-squares slope; NaN for fewer than two thresholds
 * @param standardError of the slope
 * @param correlation r² of the line
 */
public record PassageSlope(
    List<PassagePoint> window, double slope, double standardError, double correlation) {
  static final int RESAMPLES = 400;

  /**
   * Fits.
   *
   * @param points a point a threshold, ascending in c
   * @param shortest shortest mean time of the window
   * @param key of the bootstrap
   */
  public static PassageSlope of(List<PassagePoint> points, double shortest, RandomKey key) {
    List<PassagePoint> window =
        points.stream().filter(p -> p.mean().reliable() && p.mean().value() >= shortest).toList();
    return window.size() < 2
        ? new PassageSlope(window, Double.NaN, Double.NaN, Double.NaN)
        : fit(window, key);
  }

  /** Fits all of a window of two thresholds or more. */
  public static PassageSlope fit(List<PassagePoint> window, RandomKey key) {
    SimpleRegression line = line(window, p -> p.mean().value());
    return new PassageSlope(window, line.getSlope(), error(window, key), line.getRSquare());
  }

  /** log of a time against log c. */
  public static SimpleRegression line(
      List<PassagePoint> window, ToDoubleFunction<PassagePoint> time) {
    SimpleRegression line = new SimpleRegression();
    window.forEach(p -> line.addData(Math.log(p.level()), Math.log(time.applyAsDouble(p))));
    return line;
  }

  /** Least c of the window; NaN where it is empty. */
  public double from() {
    return window.isEmpty() ? Double.NaN : window.getFirst().level();
  }

  /** Largest c of the window; NaN where it is empty. */
  public double to() {
    return window.isEmpty() ? Double.NaN : window.getLast().level();
  }

  /** log t at a level on the line of some slope through the middle of the window. */
  public double lineThroughMiddle(double otherSlope, double level) {
    double offset =
        window.stream()
            .mapToDouble(p -> Math.log(p.mean().value()) - otherSlope * Math.log(p.level()))
            .average()
            .orElseThrow();
    return offset + otherSlope * Math.log(level);
  }

  private static double error(List<PassagePoint> window, RandomKey key) {
    int replicas = window.getFirst().times().replicas();
    int[] chosen = new int[replicas];
    double[] slopes = new double[RESAMPLES];
    for (int s = 0; s < RESAMPLES; s++) {
      RandomStream random = key.stream(s);
      Arrays.setAll(chosen, r -> random.nextInt(replicas));
      slopes[s] = line(window, p -> MeanPassageTime.value(p.times().resampled(chosen))).getSlope();
    }
    return SeedMean.of(slopes).deviation();
  }
}
