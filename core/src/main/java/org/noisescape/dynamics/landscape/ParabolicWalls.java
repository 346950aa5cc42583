package org.noisescape.dynamics.landscape;

/**
 * A curve between two points, and beyond them its second-order Taylor polynomials there.
 *
 * <p>Twice differentiable, with bounded curvature outside: Euler's scheme with a step below 2/ℓ″
 * brings a replica back from any distance, which a steeper wall would throw across.
 *
 * @param inner ℓ between the points
 * @param low left point
 * @param high right point
 */
public record ParabolicWalls(Curve inner, double low, double high) implements Curve {
  /** Checks the points. */
  public ParabolicWalls {
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "walls must be at finite points low < high, got %s and %s".formatted(low, high));
    }
  }

  /** Largest curvature of the walls. */
  public double steepness() {
    return Math.max(inner.curvature(low), inner.curvature(high));
  }

  @Override
  public double value(double w) {
    double at = nearest(w);
    double beyond = w - at;
    return inner.value(at) + beyond * (inner.slope(at) + 0.5 * beyond * inner.curvature(at));
  }

  @Override
  public double slope(double w) {
    double at = nearest(w);
    return inner.slope(at) + (w - at) * inner.curvature(at);
  }

  @Override
  public double curvature(double w) {
    return inner.curvature(nearest(w));
  }

  /** w itself inside; keeps NaN. */
  private double nearest(double w) {
    return w < low ? low : w > high ? high : w;
  }
}
