package org.noisescape.theory.mori;

import org.noisescape.theory.Domain;

/**
 * What the time τ = ∫L dt makes of SGD in L = L*(1 + ‖θ‖²/a²) with the noise (12).
 *
 * <p>In t: density L^−(1 + 1/T), quadratic variation 2TL a unit of t. In τ: density L^−1/T,
 * quadratic variation 2T = 2ηh* / B a unit of τ, wherever θ is. A clock ∫L^q dt is at q between the
 * two: density L^−(1 + 1/T − q), quadratic variation ∝ L^(1 − q).
 *
 * <p>Source: Mori et al. (2022), Eqs. 12 to 14, 21, 22; the clocks ∫L^q dt, rate and kurtosis are
 * ours.
 *
 * @param inverseTemperature 1/T = B/(ηh*), or its corrected value
 */
public record LossTime(double inverseTemperature) {
  /** Checks 1/T. */
  public LossTime {
    Domain.positive("inverse temperature", inverseTemperature);
  }

  /** φ of the density L^−φ at equal times of the clock ∫L^q dt. */
  public double stationaryExponent(double q) {
    return 1 + inverseTemperature - q;
  }

  /** d log[θ]/d log L at equal times of the clock ∫L^q dt. */
  public double variationExponent(double q) {
    return 1 - q;
  }

  /**
   * ⟨L⟩/L* = 1 + d/(2/T − d), by which τ/L* runs ahead of t before an escape; infinite for T ≥ 2/d.
   */
  public double rate(int dimension) {
    Domain.atLeast("dimension", dimension, 1);
    double room = 2 * inverseTemperature - dimension;
    return room > 0 ? 1 + dimension / room : Double.POSITIVE_INFINITY;
  }

  /**
   * Excess kurtosis 3 Var L/⟨L⟩² of what noise does to θ in a short time t, a normal law of the
   * variance ∝ L; that in a time τ is 0. Infinite where ⟨L²⟩ is, T ≥ 2/(d + 2).
   */
  public double kurtosisInTime(int dimension) {
    Domain.atLeast("dimension", dimension, 1);
    double room = 2 * inverseTemperature - dimension;
    if (room <= 2) {
      return Double.POSITIVE_INFINITY;
    }
    double mean = dimension / room;
    double square = dimension * (dimension + 2.0) / (room * (room - 2));
    return 3 * (square - mean * mean) / ((1 + mean) * (1 + mean));
  }
}
