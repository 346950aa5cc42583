package org.noisescape.optim;

import org.noisescape.files.Decimal;

/**
 * A stretch of a run, in epochs or steps.
 *
 * @param amount how many, ≥ 0
 * @param inSteps whether they are steps
 */
public record RunLength(double amount, boolean inSteps) {
  private static final String STEPS = "steps";

  /** Checks the amount. */
  public RunLength {
    if (!(amount >= 0 && amount < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a stretch of a schedule must be a number of epochs or steps >= 0, got " + amount);
    }
  }

  /** So many epochs. */
  public static RunLength epochs(double amount) {
    return new RunLength(amount, false);
  }

  /**
   * The length of a text: {@code 5} or {@code 5epochs}, {@code 300steps}.
   *
   * @throws NumberFormatException for any other
   */
  static RunLength parse(String text) {
    if (text.endsWith(STEPS)) {
      return new RunLength(Decimal.parse(text.substring(0, text.length() - STEPS.length())), true);
    }
    return epochs(Decimal.parse(text.replaceFirst("epochs?$", "")));
  }

  /** The same in epochs. */
  RunLength in(double stepsPerEpoch) {
    return inSteps ? epochs(amount / stepsPerEpoch) : this;
  }

  /**
   * Epochs.
   *
   * @throws IllegalStateException where it is in steps, and nobody said how many make an epoch
   */
  double epochs() {
    if (inSteps) {
      throw new IllegalStateException(
          text() + " of a schedule: say how many steps an epoch has, with in(stepsPerEpoch)");
    }
    return amount;
  }

  /** As users write it. */
  String text() {
    return inSteps ? amount + STEPS : "" + amount;
  }
}
