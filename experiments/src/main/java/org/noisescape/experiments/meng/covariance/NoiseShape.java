package org.noisescape.experiments.meng.covariance;

import java.util.function.DoubleUnaryOperator;
import org.noisescape.experiments.fit.LinearModel;

/** How tr S may depend on the shift s: the text's quadratic, and its rivals. */
enum NoiseShape {
  /** The second-order expansion. */
  QUADRATIC("quadratic", "a + b s + c s^2", s -> s * s),
  /** Two lines that meet at the minimum. */
  CONE("cone", "a + b s + c |s|", Math::abs),
  /** Flat around the minimum, with steep walls. */
  QUARTIC("quartic", "a + b s + c s^4", s -> Math.pow(s, 4));

  final String label;
  final String formula;

  /** What is multiplied by c. */
  private final DoubleUnaryOperator bend;

  NoiseShape(String label, String formula, DoubleUnaryOperator bend) {
    this.label = label;
    this.formula = formula;
    this.bend = bend;
  }

  /**
   * Least squares.
   *
   * @param s shifts in units of the half width of the path
   */
  LinearModel fit(double[] s, double[] noise) {
    double[][] design = new double[s.length][];
    for (int i = 0; i < s.length; i++) {
      design[i] = new double[] {s[i], bend.applyAsDouble(s[i])};
    }
    return LinearModel.of(design, noise);
  }

  /** The fit at a shift in units of the half width. */
  double at(LinearModel fit, double s) {
    double[] c = fit.coefficients();
    return c[0] + c[1] * s + c[2] * bend.applyAsDouble(s);
  }
}
