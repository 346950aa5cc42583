package org.noisescape.dynamics.landscape;

import org.noisescape.optim.VectorRule.Draws;

/** A model of the gradient of one step: its mean is ∇L(θ), and it has noise. */
@FunctionalInterface
public interface LandscapeNoise {
  /**
   * Binds the model to a landscape.
   *
   * @return a source with scratch memory of its own, for one thread
   * @throws IllegalArgumentException where the landscape does not have what the model needs
   */
  Source bind(Landscape landscape);

  /** Noisy gradients. */
  interface Source {
    /**
     * The gradient of one step.
     *
     * @param theta θ (P) before the step
     * @param draws random numbers of this replica and step
     * @param into receives the gradient (P)
     */
    void gradient(double[] theta, Draws draws, double[] into);
  }
}
