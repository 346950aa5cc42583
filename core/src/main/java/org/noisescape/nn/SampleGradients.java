package org.noisescape.nn;

import org.noisescape.tensor.Tensor;

/**
 * The per-sample gradients of a bound layer at its last forward and backward pass, known by their
 * inner products: the rule sampleGradientProducts.
 */
public interface SampleGradients {
  /** Of layers without parameters. */
  SampleGradients NONE =
      new SampleGradients() {
        @Override
        public void gather() {
          // nothing to keep
        }

        @Override
        public void addProducts(SampleGradients other, Scratch scratch, Tensor gram) {
          // no parameters, no products
        }
      };

  /**
   * Memory of products of N with N′ samples.
   *
   * @param first (R, N, N′)
   * @param second (R, N, N′)
   * @param ones (R, N, N′), all 1
   */
  record Scratch(Tensor first, Tensor second, Tensor ones) {}

  /** Keeps what products need; call after a backward pass. */
  void gather();

  /**
   * gram_{r,n,m} ← gram_{r,n,m} + ⟨g_{r,n}, g′_{r,m}⟩.
   *
   * <p>Shapes: gram (R, N, N′) float64.
   *
   * @param other those of the same layer bound to other memory
   */
  void addProducts(SampleGradients other, Scratch scratch, Tensor gram);
}
