package org.noisescape.loss;

import org.noisescape.tensor.Engine;
import org.noisescape.tensor.LossTally;
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

  /** As above, and counts the losses; a loss that is one operation of an engine may pass it on. */
  default void evaluate(
      Engine engine,
      Tensor output,
      Tensor target,
      int valid,
      Tensor scale,
      Tensor losses,
      Tensor outputBar,
      LossTally tally) {
    evaluate(engine, output, target, valid, scale, losses, outputBar);
    tally.add(losses);
  }

  /**
   * The loss's Hessian in the outputs times a tangent: f̄̇ = s_r (∂²ℓ/∂f²) ḟ.
   *
   * <p>Shapes and padding as in {@link #evaluate}; ḟ, f̄̇ like the output.
   */
  void evaluateTangent(
      Engine engine, Tensor output, Tensor outputDot, int valid, Tensor scale, Tensor outputBarDot);

  /**
   * Column k of a matrix R with R Rᵀ = ∂²ℓ/∂f², K columns in all: f̄ = s_r R e_k.
   *
   * <p>Shapes and padding as in {@link #evaluate}.
   */
  void curvatureRoot(
      Engine engine, Tensor output, int k, int valid, Tensor scale, Tensor outputBar);

  /** Whether it is ½‖f − y‖², summed over outputs. */
  default boolean isHalfSquaredError() {
    return false;
  }
}
