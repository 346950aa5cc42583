package org.noisescape.experiments.mori.timechange;

import org.noisescape.experiments.fit.Criterion;

/**
 * When trajectories on the clock ∫L dt obey (14). Fixed before any run.
 *
 * <p>Tolerances: of φ that of {@code mori/stationary}; of the amount of noise 0.05, the ηh/2 of
 * steps of SGD's size; of the difference between the exponents and of the slope 0.25, half of the
 * way to a clock ∫√L dt; of the kurtosis half of what it is at equal times t.
 */
final class TimeChangeCriterion {
  static final double EXPONENT = 0.06;
  static final double VARIATION = 0.05;
  static final double NEARER = 0.25;
  static final double HALF = 0.5;

  /**
   * Steps a window from which what noise does in it can be normal; fewer show the law of one
   * sample.
   */
  static final int STEPS_A_WINDOW = 10;

  /** Of the power with which ε changes the dynamics: that it does less and less. */
  static final Criterion VANISHES = Criterion.atLeast(NEARER);

  private TimeChangeCriterion() {}

  static Criterion exponent(double theory) {
    return Criterion.share(theory, EXPONENT);
  }

  static Criterion variation(double theory) {
    return Criterion.share(theory, VARIATION);
  }

  /** Of the difference between two exponents, and of d log[θ]/d log L. */
  static Criterion nearer(double theory) {
    return Criterion.within(theory, NEARER);
  }

  /**
   * Of the excess kurtosis.
   *
   * @param inTime the one at equal times
   */
  static Criterion kurtosis(double theory, double inTime) {
    return Criterion.within(theory, HALF * inTime);
  }

  static String text() {
    return "Of the process (12) and of SGD whose noise is (6) exactly, tau = sum of eta L: "
        + exponent(1).text("phi", "((B/(eta h))(1 - eta h/2))")
        + " at equal tau; "
        + nearer(1).text("phi at equal t - phi at equal tau", "1")
        + "; "
        + variation(1).text("(d theta)^2 of the noise a unit of tau", "(2 eta h/B)")
        + "; "
        + nearer(0).text("d log of it/d log L", "0")
        + " over %d classes of L; where a window has %d steps or more, "
            .formatted(ClockPoint.CLASSES, STEPS_A_WINDOW)
        + Criterion.within(0, 0).text("excess kurtosis of the noise", "0").replace("<= 0", "<= ")
        + "half of 3 Var L/<L>^2, its kurtosis at equal t. SE by the jackknife over replicas. Apart, and"
        + " not in the verdict: phi at equal t (Eq. 17), and SGD with Gaussian inputs, whose noise is not"
        + " (6); for L* = 0 "
        + VANISHES.text("d log(change of theta by L + eps)/d log eps")
        + " and "
        + variation(1).text("tau at rest", "its mean")
        + ". "
        + Criterion.terms();
  }
}
