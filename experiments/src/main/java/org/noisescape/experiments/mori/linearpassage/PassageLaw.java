package org.noisescape.experiments.mori.linearpassage;

import org.noisescape.theory.mori.RegressionPassage;

/** What the slope of log t_p against log c is said to be over a window of thresholds. */
enum PassageLaw {
  /** B/(ηh) + 1 − d/2, a power of c (16): what is tested. */
  POWER("Eq. 16") {
    @Override
    double slope(PassageCurve curve, int[] window) {
      return curve.theory().passageSlope(curve.dimension());
    }
  },
  /** The text's own equation (14), whose power is reached at large c only. */
  EQUATION("Eq. 14 exactly at these c") {
    @Override
    double slope(PassageCurve curve, int[] window) {
      return curve.slope(window, c -> curve.equation().meanTime(c).logValue());
    }
  },
  /** Gaussian inputs exactly, for small η; the exponent is also that of additive noise. */
  EXPONENTIAL("exponential in the loss") {
    @Override
    double slope(PassageCurve curve, int[] window) {
      RegressionPassage passage = curve.regression();
      return curve.slope(window, passage::logTime);
    }
  };

  private final String label;

  PassageLaw(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /**
   * Its slope over the thresholds of a window, fitted as the measured one.
   *
   * @param window two thresholds or more
   */
  abstract double slope(PassageCurve curve, int[] window);
}
