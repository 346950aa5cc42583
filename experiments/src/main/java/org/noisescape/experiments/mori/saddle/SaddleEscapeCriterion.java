package org.noisescape.experiments.mori.saddle;

import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;

/**
 * When escapes over a saddle are those of (16). Fixed before any run.
 *
 * <p>(16) holds to relative order T, τ ≈ L(θ*)t as well: a logarithm may be off by {@value #ORDER}
 * T, with nothing fitted. Steps of finite size leave the exponent alone to first order, since the
 * gradient vanishes at the saddle. It is judged where escapes are rarest, at the largest c, and
 * between that and the smallest.
 */
final class SaddleEscapeCriterion {
  static final double ORDER = 2;

  /** Escapes without which a rate has no error to rely on. */
  static final int LEAST_ESCAPES = 50;

  private SaddleEscapeCriterion() {}

  /** Of a rate, or a time. */
  static Criterion rate(double theory, double inverseTemperature) {
    return Criterion.factor(theory, Math.exp(ORDER / inverseTemperature));
  }

  /** Of the logarithm of a ratio of times. */
  static Criterion growth(double theory, double inverseTemperature) {
    return Criterion.within(theory, ORDER / inverseTemperature);
  }

  /** Of the logarithm of τ/(L* t). */
  static Criterion clock(double inverseTemperature) {
    return Criterion.within(0, ORDER / inverseTemperature);
  }

  static PointEstimate reliable(PointEstimate measured, SaddleEscapePoint... points) {
    boolean enough = true;
    for (SaddleEscapePoint point : points) {
      enough &= point.escapes().events() >= LEAST_ESCAPES;
    }
    return measured.provided(enough);
  }

  static String text(double inverseTemperature) {
    return "Mean times to beyond the saddle, SE of as many escapes, 1/T = B/(eta h_e). In"
        + " every well, %s at the largest c, and %s, from the smallest c to the largest at one Delta L:"
            .formatted(
                rate(1, inverseTemperature).text("kappa", "Eq. 16"),
                growth(0, inverseTemperature).text("ln of the ratio of times", "Eq. 16"))
        + " %s T, which Eq. 16 neglects. Inconclusive with fewer than %d escapes. Apart, and not in the"
            .formatted(Criterion.within(0, ORDER).tolerance(), LEAST_ESCAPES)
        + " verdict: %s until the escape. "
            .formatted(clock(inverseTemperature).text("ln(tau/(L* t))", "0"))
        + Criterion.terms();
  }
}
