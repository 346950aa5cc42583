package org.noisescape.experiments.liu.stationary;

import java.util.function.ToDoubleFunction;

/**
 * A stationary mean and what the theories say of it.
 *
 * @param quantity its name
 * @param observable what is averaged, a function of w − w*
 * @param exact discrete-time theory, with the mini-batch noise of the data where there is one
 * @param text discrete-time theory as the text has it; the same where the noise is constant
 * @param continuous theory before the text
 */
public record Prediction(
    String quantity,
    ToDoubleFunction<double[]> observable,
    double exact,
    double text,
    double continuous) {
  /** w_i². */
  static Prediction variance(
      int i, double[][] exact, double[][] text, double[][] continuous, String quantity) {
    return new Prediction(quantity, w -> w[i] * w[i], exact[i][i], text[i][i], continuous[i][i]);
  }
}
