package org.noisescape.experiments.mori.timechange;

import java.util.List;
import org.noisescape.theory.mori.LossTime;

/**
 * What trajectories are said to be on the clock ∫L dt.
 *
 * @param label a few words
 * @param power q of the clock ∫L^q dt on which the noise would be additive; NaN where only the
 *     amount of noise is in question
 * @param variation quadratic variation over 2ηh/B a unit of τ
 */
record ClockLaw(String label, double power, double variation) {
  /** Eqs. 13, 14. */
  static final ClockLaw TEXT = new ClockLaw("additive noise on log L", 1, 1);

  /** Laws that lose where the text's holds. */
  static final List<ClockLaw> RIVALS =
      List.of(
          new ClockLaw("no change: the laws of time t", 0, 1),
          new ClockLaw("the clock is the integral of sqrt(L)", 0.5, 1),
          new ClockLaw("half the noise: eta h/B a unit of tau", Double.NaN, 0.5),
          new ClockLaw("twice the noise: 4 eta h/B a unit of tau", Double.NaN, 2));

  boolean namesAClock() {
    return !Double.isNaN(power);
  }

  /** φ at equal τ. */
  double exponent(LossTime theory) {
    return theory.stationaryExponent(power);
  }

  /** φ at equal t less φ at equal τ. */
  double difference(LossTime theory) {
    return theory.stationaryExponent(0) - exponent(theory);
  }

  /** d log[θ]/d log L. */
  double slope(LossTime theory) {
    return theory.variationExponent(power);
  }

  /** Excess kurtosis of what noise does: to first order as (1 − q)². */
  double kurtosis(LossTime theory, int dimension) {
    return Math.pow(slope(theory), 2) * theory.kurtosisInTime(dimension);
  }
}
