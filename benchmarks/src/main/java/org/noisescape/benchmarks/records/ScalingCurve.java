package org.noisescape.benchmarks.records;

import java.util.List;

/**
 * What something costs against a size.
 *
 * @param name of the work
 * @param size what is varied, with its symbol
 * @param unit of the cost
 * @param formula what the Javadoc says of it
 * @param theory the exponent of the size that the formula has
 * @param exponent fitted on logarithms, by least squares
 * @param error standard error of the exponent
 * @param points from the smallest size
 */
public record ScalingCurve(
    String name,
    String size,
    String unit,
    String formula,
    double theory,
    double exponent,
    double error,
    List<Point> points) {
  /**
   * The cost of one size.
   *
   * @param size its value
   * @param cost over the rounds
   */
  public record Point(double size, MedianRange cost) {}

  /** Copies the list. */
  public ScalingCurve {
    points = List.copyOf(points);
  }

  /**
   * A curve with the exponent that fits its medians.
   *
   * @throws IllegalArgumentException with fewer than three points
   */
  public static ScalingCurve fitted(
      String name, String size, String unit, String formula, double theory, List<Point> points) {
    if (points.size() < 3) {
      throw new IllegalArgumentException(
          "an exponent with an error needs three sizes, got " + points.size());
    }
    double meanX = points.stream().mapToDouble(ScalingCurve::x).average().orElseThrow();
    double meanY = points.stream().mapToDouble(ScalingCurve::y).average().orElseThrow();
    double xx = points.stream().mapToDouble(p -> square(x(p) - meanX)).sum();
    double xy = points.stream().mapToDouble(p -> (x(p) - meanX) * (y(p) - meanY)).sum();
    double slope = xy / xx;
    double rest =
        points.stream().mapToDouble(p -> square(y(p) - meanY - slope * (x(p) - meanX))).sum();
    double error = Math.sqrt(rest / (points.size() - 2) / xx);
    return new ScalingCurve(name, size, unit, formula, theory, slope, error, points);
  }

  private static double x(Point point) {
    return Math.log(point.size());
  }

  private static double y(Point point) {
    return Math.log(point.cost().median());
  }

  private static double square(double x) {
    return x * x;
  }

  /** The curve as lines of text. */
  public String text() {
    StringBuilder text =
        new StringBuilder(
            "%n%s against %s: exponent %.3f ± %.3f, %s%n"
                .formatted(name, size, exponent, error, formula));
    points.forEach(
        point ->
            text.append(
                "  %-12s %s %s%n"
                    .formatted(MedianRange.number(point.size()), point.cost().text(), unit)));
    return text.toString();
  }
}
