package org.noisescape.tensor;

/**
 * What a step counts along with the losses of its mini-batch: s_r ← s_r + Σ_n ℓ_{r,n}, next ← step
 * + 1.
 *
 * <p>Shapes: s (R) float64; step and next (2) int32, the words of a 64-bit counter, low word first.
 * There are two of them so that whatever else the step does still finds its own number in the one.
 *
 * @param sums s
 * @param step number of this step
 * @param next number of the next step
 */
public record LossTally(Tensor sums, Tensor step, Tensor next) {
  /** Counts losses (R, N) that are there already. */
  public void add(Tensor losses) {
    Engine engine = losses.engine();
    engine.reduction().sum(losses, sums, Accumulation.ADD);
    engine.memory().copy(step, next);
    engine.random().advance(next);
  }

  void check(String operation, Tensor losses) {
    Check.dtype(operation, "sums", sums, DType.FLOAT64);
    Check.shape(operation, "sums", sums, losses.dim(0));
    Check.dtype(operation, "step", step, DType.INT32);
    Check.shape(operation, "step", step, 2);
    Check.dtype(operation, "next", next, DType.INT32);
    Check.shape(operation, "next", next, 2);
  }
}
