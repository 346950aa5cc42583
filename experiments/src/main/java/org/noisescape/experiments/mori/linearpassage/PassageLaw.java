package org.noisescape.experiments.mori.linearpassage;

import java.util.function.ToDoubleBiFunction;

/** What the slope of log t_p against log c is said to be over a window of thresholds. */
enum PassageLaw {
  /** B/(ηh) + 1 − d/2, a power of c (16): what is tested. */
  POWER("Eq. 16", (curve, window) -> curve.theory().passageSlope(curve.dimension())),
  /** The text's own equation (14), whose power is reached at large c only. */
  EQUATION(
      "Eq. 14 exactly at these c",
      (curve, window) -> curve.slope(window, c -> curve.equation().meanTime(c).logValue())),
  /** Gaussian inputs exactly, for small η; the exponent is also that of additive noise. */
  EXPONENTIAL(
      "exponential in the loss",
      (curve, window) -> curve.slope(window, curve.regression()::logTime));

  final String label;
  private final ToDoubleBiFunction<PassageCurve, int[]> slope;

  PassageLaw(String label, ToDoubleBiFunction<PassageCurve, int[]> slope) {
    this.label = label;
    this.slope = slope;
  }

  /**
   * Its slope over the thresholds of a window, fitted as the measured one.
   *
   * @param window two thresholds or more
   */
  double slope(PassageCurve curve, int[] window) {
    return slope.applyAsDouble(curve, window);
  }
}
