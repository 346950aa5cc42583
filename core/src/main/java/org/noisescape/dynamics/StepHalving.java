package org.noisescape.dynamics;

import java.util.function.DoubleFunction;

/**
 * An estimate at a step of time and at half of it, from different random numbers.
 *
 * <p>The bias of a scheme of weak order 1 at dt/2 is about the difference of the two, so that the
 * estimate at dt/2 may be used where the difference is within its own error. That error bounds what
 * the check can see: it is part of the result.
 *
 * @param coarse at dt
 * @param fine at dt/2
 * @param step dt
 */
public record StepHalving(Reading coarse, Reading fine, double step) {
  /** Standard errors of the difference that are still agreement. */
  public static final double STANDARD_ERRORS = 3;

  /**
   * A number with its statistical error.
   *
   * @param value the number
   * @param standardError its error
   */
  public record Reading(double value, double standardError) {}

  /** Runs an estimate twice. */
  public static StepHalving of(double step, DoubleFunction<Reading> estimate) {
    if (!(step > 0 && step < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the step of time must be a number > 0, got " + step);
    }
    return new StepHalving(estimate.apply(step), estimate.apply(step / 2), step);
  }

  /** Estimate at dt less estimate at dt/2. */
  public double difference() {
    return coarse.value - fine.value;
  }

  /** Standard error of the difference. */
  public double differenceError() {
    return Math.hypot(coarse.standardError, fine.standardError);
  }

  /** Whether the difference is within {@value #STANDARD_ERRORS} of its errors; never for NaN. */
  public boolean converged() {
    return converged(STANDARD_ERRORS);
  }

  /** The same with another number of errors, for one of many that are judged together. */
  public boolean converged(double standardErrors) {
    return Math.abs(difference()) <= standardErrors * differenceError();
  }
}
