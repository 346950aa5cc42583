package org.noisescape.dynamics.landscape;

/**
 * ℓ = ΔL ((w/c)² − 1)²: minima at a = ∓c with ℓ = 0 and curvature H_a = 8ΔL/c², between them a
 * barrier at b = 0 with ℓ = ΔL and curvature H_b = −4ΔL/c².
 *
 * @param barrier ΔL > 0
 * @param halfDistance c > 0
 */
public record QuarticWell(double barrier, double halfDistance) implements Curve {
  /** Checks the numbers. */
  public QuarticWell {
    Positive.require("the barrier of a quartic double well", barrier);
    Positive.require("half the distance of the minima of a quartic double well", halfDistance);
  }

  /** Of a barrier and the curvature H_a of its minima: c = √(8ΔL/H_a). */
  public static QuarticWell ofCurvature(double barrier, double curvature) {
    Positive.require("the curvature of a quartic double well", curvature);
    return new QuarticWell(barrier, Math.sqrt(8 * barrier / curvature));
  }

  /** a, the left minimum. */
  public double minimum() {
    return -halfDistance;
  }

  /** H_a. */
  public double curvatureOfMinimum() {
    return 8 * barrier / (halfDistance * halfDistance);
  }

  /** H_b &lt; 0, at w = 0. */
  public double curvatureOfBarrier() {
    return -curvatureOfMinimum() / 2;
  }

  @Override
  public double value(double w) {
    double u = excess(w);
    return barrier * u * u;
  }

  @Override
  public double slope(double w) {
    return 4 * barrier * excess(w) * w / (halfDistance * halfDistance);
  }

  @Override
  public double curvature(double w) {
    return 4 * barrier * (3 * excess(w) + 2) / (halfDistance * halfDistance);
  }

  /** (w/c)² − 1. */
  private double excess(double w) {
    double u = w / halfDistance;
    return u * u - 1;
  }
}
