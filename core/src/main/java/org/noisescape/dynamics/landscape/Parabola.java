package org.noisescape.dynamics.landscape;

/**
 * ℓ = ½ h (w − w*)².
 *
 * @param curvature h
 * @param minimum w*
 */
public record Parabola(double curvature, double minimum) implements Curve {
  /** Checks the numbers. */
  public Parabola {
    if (!Double.isFinite(curvature) || !Double.isFinite(minimum)) {
      throw new IllegalArgumentException(
          "a parabola needs finite numbers, got h = %s, w* = %s".formatted(curvature, minimum));
    }
  }

  @Override
  public double value(double w) {
    return 0.5 * curvature * (w - minimum) * (w - minimum);
  }

  @Override
  public double slope(double w) {
    return curvature * (w - minimum);
  }

  @Override
  public double curvature(double w) {
    return curvature;
  }
}
