package org.noisescape.theory.liu;

import org.hipparchus.special.Erf;

/**
 * Rate of escape from a well of one dimension, per step, with noise C = k/S.
 *
 * <p>Source: Liu et al. (2021), section 6.3, after Xie et al. (2020). The text grants that its
 * corrections do not fix the coefficient and multiplies by an empirical constant. Its Eq. 46 prints
 * the inverse of the rate, its Eqs. 45 and 47 write C for λ²C, and the argument of erf in Eqs. 47
 * and 52 belongs to the half width √(2ΔL/k) of a parabola, not to the √(ΔL/k) that is stated; Eq.
 * 52 is implemented as printed.
 *
 * @param barrier ΔL = L(b) − L(a), greater than 0
 * @param curvatureAtMinimum k_a, greater than 0
 * @param curvatureAtTop k_b, less than 0
 * @param midpoint l in [0, 1], the share of the path on which the temperature of a rules
 * @param batch S, at least 1
 */
public record KramersRate(
    double barrier,
    double curvatureAtMinimum,
    double curvatureAtTop,
    double midpoint,
    double batch) {
  /** Requires a minimum, a top above it, and a point between them: curvatures of either sign. */
  public KramersRate {
    if (!(barrier > 0)) {
      throw new IllegalArgumentException("barrier must be > 0, got " + barrier);
    }
    if (!(curvatureAtMinimum > 0)) {
      throw new IllegalArgumentException(
          "curvature at the minimum must be > 0, got " + curvatureAtMinimum);
    }
    if (!(curvatureAtTop < 0)) {
      throw new IllegalArgumentException(
          "curvature at the top of the barrier must be < 0, got " + curvatureAtTop);
    }
    if (!(midpoint >= 0 && midpoint <= 1)) {
      throw new IllegalArgumentException("midpoint must be in [0, 1], got " + midpoint);
    }
    if (!(batch >= 1)) {
      throw new IllegalArgumentException("batch must be >= 1, got " + batch);
    }
  }

  /** That of the loss rL. */
  public KramersRate scaled(double factor) {
    return new KramersRate(
        factor * barrier, factor * curvatureAtMinimum, factor * curvatureAtTop, midpoint, batch);
  }

  /** γ_c = |k_b|/2π · exp[−(2SΔL/λ)(l/k_a + (1−l)/|k_b|)], Eq. 51. */
  public double continuous(double learningRate) {
    requireRate(learningRate);
    return steepness() / (2 * Math.PI) * Math.exp(exponent(learningRate, 1));
  }

  /**
   * γ = |k_b|/2π · √(2/(2−λk_a)) · erf√(S(2−λk_a)ΔL/(λk_a)) · exp[−(2SΔL/λ)(l(1−λk_a/2)/k_a +
   * (1−l)/|k_b|)], Eq. 52.
   *
   * @throws IllegalArgumentException unless λk_a is less than 2
   */
  public double discrete(double learningRate) {
    requireRate(learningRate);
    HeavyBallSgd.sgd(learningRate).requireStable(Hessian.diagonal(curvatureAtMinimum));
    double remainder = 2 - learningRate * curvatureAtMinimum;
    double inside =
        Erf.erf(Math.sqrt(batch * remainder * barrier / (learningRate * curvatureAtMinimum)));
    return steepness()
        / (2 * Math.PI)
        * Math.sqrt(2 / remainder)
        * inside
        * Math.exp(exponent(learningRate, remainder / 2));
  }

  private double exponent(double learningRate, double cooling) {
    return -2
        * batch
        * barrier
        / learningRate
        * (midpoint * cooling / curvatureAtMinimum + (1 - midpoint) / steepness());
  }

  private double steepness() {
    return -curvatureAtTop;
  }

  private static void requireRate(double learningRate) {
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException("learning rate must be > 0, got " + learningRate);
    }
  }
}
