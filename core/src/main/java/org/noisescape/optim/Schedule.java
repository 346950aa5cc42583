package org.noisescape.optim;

/** A number over the course of a run, such as the learning rate, as a factor of the initial one. */
public interface Schedule {
  /**
   * Factor at a point of the run.
   *
   * @param epoch epochs done, fractions included
   * @param epochs epochs of the whole run
   */
  double factor(double epoch, double epochs);

  /** As users write it. */
  String text();

  /** The same where an epoch has so many steps, which those need whose lengths are in steps. */
  default Schedule in(double stepsPerEpoch) {
    return this;
  }

  /** Epochs after which it is over, once {@link #in} was asked; infinity where it spans the run. */
  default double length() {
    return Double.POSITIVE_INFINITY;
  }

  /** Whether a factor depends on how many steps an epoch has. */
  default boolean countsSteps() {
    return false;
  }

  /** The factor stays 1. */
  record Constant() implements Schedule {
    @Override
    public double factor(double epoch, double epochs) {
      return 1;
    }

    @Override
    public String text() {
      return "constant";
    }
  }
}
