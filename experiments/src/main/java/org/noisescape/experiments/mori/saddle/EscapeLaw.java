package org.noisescape.experiments.mori.saddle;

/** What the rate over a saddle is said to be. */
enum EscapeLaw {
  /** (16), in the case of unequal noise with h* = h_e* (appendix C). */
  TEXT("Eq. 16", (system, c, inverse) -> system.rate(c, inverse)),
  /** (16) without the transverse curvatures. */
  NO_DETERMINANTS(
      "Eq. 16 without the ratio of determinants",
      (system, c, inverse) -> system.rate(c, inverse) / system.determinants()),
  /** The exponent B/(ηh) + ½ of one dimension. */
  ONE_DIMENSION(
      "n ignored: exponent B/(eta h) + 1/2",
      (system, c, inverse) ->
          system.rate(c, inverse) * Math.pow(c, -0.5 * (system.dimension() - 1))),
  /** The ratio of determinants on log L as printed below (18), c^{n/2} instead of cⁿ. */
  MISPRINT(
      "determinants on log L carry c^(n/2)",
      (system, c, inverse) -> system.rate(c, inverse) * Math.pow(c, -0.25 * system.dimension())),
  /**
   * Noise that does not grow with the loss: Arrhenius with the barrier ΔL at the temperature TL*.
   */
  EXPONENTIAL(
      "exponential in the barrier of the loss",
      (system, c, inverse) -> system.rate(1, inverse) * Math.exp(-(c - 1) * inverse)),
  /** Escape is decided by ΔL, whatever L*. */
  BARRIER_ALONE(
      "decided by Delta L alone, whatever L*",
      (system, c, inverse) -> system.rate(EscapeLaw.REFERENCE, inverse)),
  /** (16) times the factor of noise that is not isotropic. */
  TRANSVERSE(
      "Eq. 16 with the transverse noise along the path (ours)",
      (system, c, inverse) -> system.rate(c, inverse) * Math.exp(system.logFactor(c))),
  /** An effective dimension Σ h_i/h_e instead of n, the limit of fast axes. */
  EFFECTIVE_DIMENSION(
      "Eq. 16 with n = sum of h_i/h_e (ours)",
      (system, c, inverse) -> {
        double power = 0;
        for (double ratio : system.ratios()) {
          power += (ratio - 1) / 2;
        }
        return system.rate(c, inverse) * Math.pow(c, power);
      });

  /** c at which a law that does not know L* may have its rate from (16). */
  private static final double REFERENCE = 2;

  final String label;
  private final Rate rate;

  EscapeLaw(String label, Rate rate) {
    this.label = label;
    this.rate = rate;
  }

  private interface Rate {
    double of(EscapeCase system, double c, double inverse);
  }

  /**
   * κ a unit of t.
   *
   * @param c loss ratio
   * @param inverse 1/T
   */
  double rate(EscapeCase system, double c, double inverse) {
    return rate.of(system, c, inverse);
  }
}
