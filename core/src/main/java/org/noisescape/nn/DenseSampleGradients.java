package org.noisescape.nn;

import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/**
 * ⟨g_n, g′_m⟩ = (⟨x_n, x′_m⟩ + 1) ⟨ȳ_n, ȳ′_m⟩ of a dense layer's weights and bias.
 *
 * @param x inputs (R, N, I)
 * @param yBar cotangents before the activation (R, N, O)
 */
public record DenseSampleGradients(Tensor x, Tensor yBar) implements SampleGradients {
  @Override
  public void gather() {
    // inputs and cotangents stay where they are
  }

  @Override
  public void addProducts(SampleGradients other, Scratch scratch, Tensor gram) {
    DenseSampleGradients that = (DenseSampleGradients) other;
    LinearAlgebra algebra = x.engine().linearAlgebra();
    algebra.gemm(Transpose.NO, Transpose.YES, 1, x, that.x, 0, scratch.first());
    algebra.gemm(Transpose.NO, Transpose.YES, 1, yBar, that.yBar, 0, scratch.second());
    algebra.addProducts(1, scratch.first(), scratch.second(), gram);
  }
}
