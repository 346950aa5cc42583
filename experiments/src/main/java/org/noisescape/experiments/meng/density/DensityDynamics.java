package org.noisescape.experiments.meng.density;

import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.DiffusionNoise;
import org.noisescape.dynamics.landscape.LandscapeNoise;
import org.noisescape.theory.meng.PowerLawDynamic;
import org.noisescape.theory.passage.Interpretation;

/** What is simulated, and whose density it should have. */
enum DensityDynamics {
  /** w ← w − η(hw + √(σ + ρw²) ξ). */
  ITERATION("iteration", Interpretation.ITO),
  /** dw = −hw dt + √(η(σ + ρw²)) dB, noise before the step. */
  ITO("SDE, It\u00f4", Interpretation.ITO),
  /** The same, noise after the step. */
  HANGGI_KLIMONTOVICH("SDE, H\u00e4nggi-Klimontovich", Interpretation.HANGGI_KLIMONTOVICH);

  final String label;
  final Interpretation interpretation;

  DensityDynamics(String label, Interpretation interpretation) {
    this.label = label;
    this.interpretation = interpretation;
  }

  /** The noise for a step, which is η for the iteration and dt for the others. */
  LandscapeNoise noise(PowerLawDynamic dynamic, double step) {
    double eta = dynamic.learningRate();
    if (this == ITERATION) {
      return DiagonalNoise.powerLaw(dynamic.sigma(), dynamic.rho(), 0);
    }
    DiagonalNoise.Variances diffusion = (w, into) -> into[0] = eta * dynamic.noiseVariance(w[0]);
    return this == ITO
        ? DiffusionNoise.ito(step, diffusion)
        : DiffusionNoise.haenggiKlimontovich(
            step, diffusion, (w, into) -> into[0] = 2 * eta * dynamic.rho() * w[0]);
  }
}
