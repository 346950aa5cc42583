package org.noisescape.dynamics;

/**
 * A learning rate that is multiplied by a constant after every so many steps.
 *
 * <p>η(k) = η₀ g^⌊k/m⌋ in the step that follows k others.
 *
 * @param initial η₀
 * @param factor g, at least 1
 * @param hold m, steps with one learning rate
 */
public record RateRamp(double initial, double factor, long hold) {
  /** Rounding that a ramp's last learning rate may have. */
  private static final double ROUNDING = 1e-9;

  /** Checks the numbers. */
  public RateRamp {
    LandscapePlan.requireRate(initial);
    if (!(factor >= 1 && factor < Double.POSITIVE_INFINITY) || hold < 1) {
      throw new IllegalArgumentException(
          "a ramp of the learning rate needs a factor >= 1 and steps >= 1, got %s and %d"
              .formatted(factor, hold));
    }
  }

  /** η of the step that follows so many steps. */
  public double at(long steps) {
    return initial * Math.pow(factor, Math.floorDiv(steps, hold));
  }

  /** η of the last of so many steps; the initial one where there was none. */
  public double last(long steps) {
    return at(Math.max(0, steps - 1));
  }

  /**
   * Steps until η would exceed a limit.
   *
   * @throws IllegalArgumentException where it never does, or does from the start
   */
  public long stepsTo(double highest) {
    if (!(factor > 1) || !(highest >= initial) || highest == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "a ramp from %s by factors of %s does not reach %s: choose a factor > 1 and a higher limit"
              .formatted(initial, factor, highest));
    }
    double factors = Math.log(highest / initial) / Math.log(factor);
    return hold * ((long) Math.floor(factors + ROUNDING) + 1);
  }

  /** The step after which the learning rate changes next. */
  long next(long step) {
    return factor == 1 ? Long.MAX_VALUE : (step / hold + 1) * hold;
  }
}
