package org.noisescape.experiments.meng.covariance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.fit.LinearModel;
import org.noisescape.experiments.fit.PolynomialFit;

/**
 * Polynomials through tr S along a path, relative to its value at the minimum.
 *
 * @param path what was measured
 * @param degrees fits of degrees 1 to {@value #DEGREES}
 * @param even σ + ρ s², Eq. 5 of the text: a quadratic whose vertex is the minimum of L
 * @param shapes least squares of each shape, against the shift in units of the half width
 */
record PathFit(
    CovariancePath path,
    List<PolynomialFit> degrees,
    PolynomialFit even,
    Map<NoiseShape, LinearModel> shapes) {
  static final int DEGREES = 4;

  /** Ten thousand roundings, of sums over some thousand terms. */
  private static final double ROUNDING = 1e-11;

  /** Copies the list. */
  PathFit {
    degrees = List.copyOf(degrees);
    shapes = Map.copyOf(shapes);
  }

  static PathFit of(CovariancePath path) {
    double[] x = path.shifts();
    double[] y = path.relativeNoise();
    List<PolynomialFit> fits = new ArrayList<>();
    for (int degree = 1; degree <= DEGREES; degree++) {
      fits.add(PolynomialFit.ofDegree(degree, x, y));
    }
    double[] units = Arrays.stream(x).map(s -> s / path.half()).toArray();
    Map<NoiseShape, LinearModel> shapes = new EnumMap<>(NoiseShape.class);
    for (NoiseShape shape : NoiseShape.values()) {
      shapes.put(shape, shape.fit(units, y));
    }
    return new PathFit(path, fits, PolynomialFit.of(x, y, 2), shapes);
  }

  PolynomialFit degree(int degree) {
    return degrees.get(degree - 1);
  }

  PolynomialFit quadratic() {
    return degree(2);
  }

  LinearModel shape(NoiseShape shape) {
    return shapes.get(shape);
  }

  /** Share of what a straight line leaves over that the quadratic term takes. */
  double shareOfTheSquare() {
    return (quadratic().rSquared() - degree(1).rSquared()) / (1 - degree(1).rSquared());
  }

  /** Where the parabola has its vertex, in half widths of the path; Eq. 5 has it at 0. */
  double vertex() {
    double[] c = quadratic().coefficients();
    return -c[1] / (2 * c[2]) / path.half();
  }

  /**
   * Whether tr S varies by more than float64 rounds. A shift of all parameters of the last layer
   * adds one number to all outputs: cross-entropy and its gradients do not see it.
   */
  boolean varies() {
    return variation() - 1 > ROUNDING;
  }

  /** Largest over smallest tr S on the path. */
  double variation() {
    double[] y = path.relativeNoise();
    return Arrays.stream(y).max().orElseThrow() / Arrays.stream(y).min().orElseThrow();
  }
}
