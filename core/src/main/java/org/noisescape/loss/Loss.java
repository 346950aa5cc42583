package org.noisescape.loss;

import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/** A per-sample loss ℓ(f, y). */
public interface Loss {
  /** Name as users write it. */
  String name();

  /**
   * Turns targets into what {@link #evaluate} wants, in place, for example by label smoothing.
   *
   * @param targets rows of K entries
   * @param outputs K
   * @throws IllegalArgumentException where the loss makes no sense for such targets
   */
  void prepareTargets(double[] targets, int outputs);

  /**
   * Per-sample losses and the cotangent f̄ = s_r ∂ℓ/∂f.
   *
   * <p>Shapes: output, target, outputBar (R, N, K), scale (R) and losses (R, N) float64. Samples
   * from {@code valid} on are padding: loss and cotangent 0. outputBar may be null.
   */
  void evaluate(
      Engine engine,
      Tensor output,
      Tensor target,
      int valid,
      Tensor scale,
      Tensor losses,
      Tensor outputBar);
}
