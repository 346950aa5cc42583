package org.noisescape.dynamics.landscape;

/**
 * ℓ = f |w − 1|^p |w + 1|^q: minima at ±1 with ℓ = 0, between them a barrier at (q − p)/(q + p).
 *
 * <p>Source: Meng et al. (2020), section 5.2, with f = 15, p = 2.5, q = 3. Powers that are
 * multiples of ½ cost a square root and multiplications.
 *
 * @param factor f > 0
 * @param right p ≥ 2, the power of the well at 1, where the curvature is finite
 * @param left q ≥ 2, the power of the well at −1
 */
public record PowerWell(double factor, double right, double left) implements Curve {
  /** Checks the numbers. */
  public PowerWell {
    Positive.require("the factor of a power well", factor);
    if (!(right >= 2 && left >= 2 && right <= 64 && left <= 64)) {
      throw new IllegalArgumentException(
          "a power well needs powers between 2 and 64, got %s and %s".formatted(right, left));
    }
  }

  /** Where ℓ has its maximum between the wells. */
  public double barrier() {
    return (left - right) / (left + right);
  }

  @Override
  public double value(double w) {
    return factor * power(Math.abs(w - 1), right) * power(Math.abs(w + 1), left);
  }

  @Override
  public double slope(double w) {
    double u = Math.abs(w - 1);
    double v = Math.abs(w + 1);
    double common = power(u, right - 1) * power(v, left - 1);
    return factor * common * (right * Math.signum(w - 1) * v + left * Math.signum(w + 1) * u);
  }

  @Override
  public double curvature(double w) {
    double u = Math.abs(w - 1);
    double v = Math.abs(w + 1);
    double common = power(u, right - 2) * power(v, left - 2);
    return factor
        * common
        * (right * (right - 1) * v * v
            + 2 * right * left * u * v * Math.signum(w - 1) * Math.signum(w + 1)
            + left * (left - 1) * u * u);
  }

  /** x^p, x ≥ 0, p ≥ 0. */
  private static double power(double x, double p) {
    int twice = (int) (2 * p);
    if (twice != 2 * p) {
      return Math.pow(x, p);
    }
    double result = (twice & 1) == 1 ? Math.sqrt(x) : 1;
    double base = x;
    for (int n = twice >> 1; n > 0; n >>= 1) {
      if ((n & 1) == 1) {
        result *= base;
      }
      base *= base;
    }
    return result;
  }
}
