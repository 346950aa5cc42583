package org.noisescape.experiments.meng.escapetime;

import java.util.List;
import org.noisescape.dynamics.landscape.Curve;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.DiffusionNoise;
import org.noisescape.dynamics.landscape.LandscapeNoise;
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

  Interpretation interpretation() {
    return this == POWER_LAW_HANGGI ? Interpretation.HANGGI_KLIMONTOVICH : Interpretation.ITO;
  }

  /** Noise of a step of time, in each coordinate its own. */
  LandscapeNoise noise(EscapeTime.Plan plan, List<WellCoordinate> coordinates, double dt) {
    if (this == STABLE) {
      return new StableNoise(dt, plan.alpha(), plan.scale());
    }
    int n = coordinates.size();
    Curve[] curves = coordinates.stream().map(WellCoordinate::walls).toArray(Curve[]::new);
    double[] constant = new double[n];
    double[] growth = new double[n];
    for (int j = 0; j < n; j++) {
      constant[j] = coordinates.get(j).noise();
      growth[j] = growth(coordinates.get(j));
    }
    DiagonalNoise.Variances variance =
        (w, into) -> {
          for (int j = 0; j < w.length; j++) {
            into[j] = constant[j] + growth[j] * curves[j].value(w[j]);
          }
        };
    return this == POWER_LAW_HANGGI
        ? DiffusionNoise.haenggiKlimontovich(
            dt,
            variance,
            (w, into) -> {
              for (int j = 0; j < w.length; j++) {
                into[j] = growth[j] * curves[j].slope(w[j]);
              }
            })
        : DiffusionNoise.ito(dt, variance);
  }

  private double growth(WellCoordinate coordinate) {
    return isPowerLaw() ? coordinate.growth() : 0;
  }

  /** Exact mean time from the left minimum to the other one, NaN for jumps. */
  double exact(WellCoordinate coordinate) {
    return exact(coordinate, -coordinate.well().minimum());
  }

  /** Exact mean time from the left minimum to the top, NaN for jumps. */
  double exactTop(WellCoordinate coordinate) {
    return exact(coordinate, 0);
  }

  private double exact(WellCoordinate coordinate, double to) {
    if (this == STABLE) {
      return Double.NaN;
    }
    Curve curve = coordinate.walls();
    double growth = growth(coordinate);
    return FirstPassage.meanTime(
            new Diffusion(
                curve::slope, w -> coordinate.noise() + growth * curve.value(w), interpretation()),
            Double.NEGATIVE_INFINITY,
            coordinate.well().minimum(),
            to)
        .value();
  }

  /**
   * The text's formula: Theorem 6 for the power law (with Itô's power for Itô), Kramers, and for
   * jumps the order of Table 1 with the constant of the symmetric α-stable motion.
   */
  double formula(EscapeTime.Plan plan, WellCoordinate coordinate) {
    QuarticWell well = coordinate.well();
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
            coordinate.noise(),
            growth(coordinate),
            well.curvatureOfMinimum(),
            well.curvatureOfBarrier(),
            well.barrier())
        .time(interpretation());
  }
}
