package org.noisescape.theory.mori;

import org.noisescape.theory.Domain;
import org.noisescape.theory.passage.FirstPassage;
import org.noisescape.theory.passage.Integral;
import org.noisescape.theory.passage.ScaleAndSpeed;

/**
 * Exact mean first-passage time of ‖θ‖ in L = L*(1 + ‖θ‖²/a²) with the noise (12), d dimensions.
 *
 * <p>In ρ = ‖θ‖/a, from the minimum to ρ² = c − 1, in time t = ηk:
 *
 * <pre>
 * t_p = (2/(hT)) ∫ ρ^{1−d}(1+ρ²)^{1/T} ∫ ρ′^{d−1}(1+ρ′²)^{−1/T−1} dρ′ dρ
 * </pre>
 *
 * <p>L* cancels. Its log-log slope tends to 1/T + 1 − d/2, that of (16), as c grows; at small c it
 * is what an experiment should see. Ours, by the backward equation.
 *
 * @param dimension d ≥ 1
 * @param curvature h &gt; 0
 * @param inverseTemperature 1/T = B/(ηh), or its corrected value
 */
public record QuadraticPassage(int dimension, double curvature, double inverseTemperature) {
  /** Requires d ≥ 1, and a curvature and a temperature above 0. */
  public QuadraticPassage {
    Domain.atLeast("dimension", dimension, 1);
    Domain.positive("curvature", curvature);
    Domain.positive("inverse temperature", inverseTemperature);
  }

  /** t_p until L first reaches c L*. */
  public Integral meanTime(double lossRatio) {
    Domain.between("loss ratio", lossRatio, 1, Double.POSITIVE_INFINITY);
    double logUnit = Math.log(2 * inverseTemperature / curvature);
    ScaleAndSpeed process =
        new ScaleAndSpeed(
            rho -> (1 - dimension) * Math.log(rho) + inverseTemperature * Math.log1p(rho * rho),
            rho ->
                logUnit
                    + (dimension - 1) * Math.log(rho)
                    - (inverseTemperature + 1) * Math.log1p(rho * rho));
    return FirstPassage.meanTime(process, 0, 0, Math.sqrt(lossRatio - 1));
  }
}
