package org.noisescape.experiments.mori.critical;

import org.noisescape.dynamics.RateRamp;
import org.noisescape.experiments.frame.Settings;

/**
 * The ramps from every minimum.
 *
 * @param fast at full speed
 * @param to learning rate at which they end
 * @param factors over the least loss of a ramp: half of the jump's, the jump's, twice of it
 * @param batch B
 * @param replicas at full speed
 * @param slowReplicas at half the speed
 */
record RampPlan(
    RateRamp fast, double to, double[] factors, int batch, int replicas, int slowReplicas) {
  /** L of the output 0: a network that has forgotten everything. */
  static final double FORGOTTEN = 0.5;

  /**
   * Reads it.
   *
   * @param samples N
   * @throws IllegalArgumentException in one line where settings make no sense
   */
  static RampPlan of(Settings settings, int samples) {
    double factor = settings.positive("ramp-factor");
    if (!(factor > 1)) {
      throw settings.wrong("ramp-factor", "must be > 1, such as 1.03");
    }
    RateRamp ramp =
        new RateRamp(settings.positive("ramp-from"), factor, settings.integer("ramp-hold", 1));
    double to = settings.positive("ramp-to");
    if (!(to >= factor * ramp.initial())) {
      throw settings.wrong(
          "ramp-to",
          "must be above ramp-from=%s by ramp-factor=%s at least"
              .formatted(settings.text("ramp-from"), settings.text("ramp-factor")));
    }
    double jump = settings.positive("jump");
    if (!(jump > 2)) {
      throw settings.wrong(
          "jump",
          "must be > 2, such as 10: half of it counts as well, and a loss that is not above the"
              + " least one has not jumped");
    }
    int batch = settings.integer("ramp-batch", 1);
    if (batch > samples) {
      throw settings.wrong("ramp-batch", "larger than the %d training samples".formatted(samples));
    }
    return new RampPlan(
        ramp,
        to,
        new double[] {jump / 2, jump, 2 * jump},
        batch,
        settings.integer("replicas", 2),
        settings.integer("slow-replicas", 1));
  }

  /** The ramp at half the speed. */
  RateRamp slow() {
    return new RateRamp(fast.initial(), fast.factor(), 2 * fast.hold());
  }

  /** The factor that shows a jump last. */
  double largestFactor() {
    return factors[factors.length - 1];
  }
}
