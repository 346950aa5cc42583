package org.noisescape.experiments.meng.escapetime;

import org.noisescape.dynamics.landscape.Curve;
import org.noisescape.dynamics.landscape.DiffusionNoise;
import org.noisescape.dynamics.landscape.LandscapeNoise;
import org.noisescape.dynamics.landscape.ParabolicWalls;
import org.noisescape.dynamics.landscape.QuarticWell;
import org.noisescape.dynamics.landscape.StableNoise;
import org.noisescape.theory.meng.AlphaStableEscape;
import org.noisescape.theory.meng.BarrierEscape;
import org.noisescape.theory.passage.Diffusion;
import org.noisescape.theory.passage.FirstPassage;
import org.noisescape.theory.passage.Interpretation;

/** Dynamics in a double well whose escape times are compared. */
enum WellDynamics {
  /** dw = −L′ dt + √(η(σ + μL)) dB, noise before the step. */
  POWER_LAW_ITO("power-law, It\u00f4"),
  /** The same, noise after the step: the text's. */
  POWER_LAW_HANGGI("power-law, H\u00e4nggi-Klimontovich"),
  /** dw = −L′ dt + √(ησ) dB. */
  LANGEVIN("Langevin"),
  /** dw = −L′ dt + ε dS^α. */
  STABLE("\u03b1-stable");

  final String label;

  WellDynamics(String label) {
    this.label = label;
  }

  boolean isPowerLaw() {
    return this == POWER_LAW_ITO || this == POWER_LAW_HANGGI;
  }

  private Interpretation interpretation() {
    return this == POWER_LAW_HANGGI ? Interpretation.HANGGI_KLIMONTOVICH : Interpretation.ITO;
  }

  /** The well, with walls that no step is too long for. */
  static ParabolicWalls walls(QuarticWell well) {
    return new ParabolicWalls(well, -1.5 * well.halfDistance(), 1.5 * well.halfDistance());
  }

  /** Noise of a step of time in as many dimensions as the landscape has, each with its own well. */
  LandscapeNoise noise(EscapeTime.Plan plan, Curve curve, double dt) {
    if (this == STABLE) {
      return new StableNoise(dt, plan.alpha(), plan.scale());
    }
    double growth = isPowerLaw() ? plan.growth() : 0;
    org.noisescape.dynamics.landscape.DiagonalNoise.Variances variance =
        (w, into) -> {
          for (int j = 0; j < w.length; j++) {
            into[j] = plan.noise() + growth * curve.value(w[j]);
          }
        };
    return this == POWER_LAW_HANGGI
        ? DiffusionNoise.haenggiKlimontovich(
            dt,
            variance,
            (w, into) -> {
              for (int j = 0; j < w.length; j++) {
                into[j] = growth * curve.slope(w[j]);
              }
            })
        : DiffusionNoise.ito(dt, variance);
  }

  /** Exact mean time from the left minimum to a point, NaN for jumps. */
  double exact(EscapeTime.Plan plan, QuarticWell well, double to) {
    if (this == STABLE) {
      return Double.NaN;
    }
    Curve curve = walls(well);
    double growth = isPowerLaw() ? plan.growth() : 0;
    return FirstPassage.meanTime(
            new Diffusion(
                curve::slope, w -> plan.noise() + growth * curve.value(w), interpretation()),
            Double.NEGATIVE_INFINITY,
            well.minimum(),
            to)
        .value();
  }

  /**
   * The text's formula: Theorem 6 for the power law (with Itô's power for Itô), Kramers, and for
   * jumps the order of Table 1 with the constant of the symmetric α-stable motion.
   */
  double formula(EscapeTime.Plan plan, QuarticWell well) {
    if (this == STABLE) {
      // jump measure of S^α: c |y|^(−1−α), c = Γ(1 + α) sin(πα/2)/π
      double alpha = plan.alpha();
      double c =
          org.hipparchus.special.Gamma.gamma(1 + alpha) * Math.sin(Math.PI * alpha / 2) / Math.PI;
      return AlphaStableEscape.time(
          alpha, well.halfDistance(), plan.scale() * Math.pow(c, 1 / alpha));
    }
    return new BarrierEscape(
            1,
            plan.noise(),
            isPowerLaw() ? plan.growth() : 0,
            well.curvatureOfMinimum(),
            well.curvatureOfBarrier(),
            well.barrier())
        .time(interpretation());
  }
}
