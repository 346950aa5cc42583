package org.noisescape.theory.mori;

import java.util.function.DoubleUnaryOperator;
import org.noisescape.theory.passage.Diffusion;
import org.noisescape.theory.passage.Interpretation;

/**
 * SGD of one parameter as a diffusion, in time t or in the changed time dτ = L dt.
 *
 * <pre>
 * dθ = −L′ dt + √(2ηh*L/B) dW      (12), Itô
 * dθ = −(log L)′ dτ + √(2ηh* / B) dW  (14)
 * </pre>
 *
 * <p>The stationary density in τ is L^−B/(ηh*), that in t is this over L (appendix B).
 *
 * @param landscape η, B and h*
 * @param loss L &gt; 0
 * @param gradient L′
 */
public record LogLandscapeDiffusion(
    LogLandscape landscape, DoubleUnaryOperator loss, DoubleUnaryOperator gradient) {
  /** (12), in time t. */
  public Diffusion inTime() {
    double noise = 2 / landscape.inverseTemperature();
    return new Diffusion(gradient, theta -> noise * loss.applyAsDouble(theta), Interpretation.ITO);
  }

  /** (14), in time τ = ∫L dt. */
  public Diffusion inLossTime() {
    return Diffusion.additive(
        theta -> gradient.applyAsDouble(theta) / loss.applyAsDouble(theta),
        2 / landscape.inverseTemperature());
  }
}
