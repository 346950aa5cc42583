package org.noisescape.nn;

import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/**
 * Products of per-sample gradients that are written out, one a row.
 *
 * @param writing writes the rows
 * @param rows (R, N, size of the layer's parameters)
 */
public record SampleGradientRows(Runnable writing, Tensor rows) implements SampleGradients {
  @Override
  public void gather() {
    writing.run();
  }

  @Override
  public void addProducts(SampleGradients other, Scratch scratch, Tensor gram) {
    LinearAlgebra algebra = rows.engine().linearAlgebra();
    Tensor those = ((SampleGradientRows) other).rows;
    algebra.gemm(Transpose.NO, Transpose.YES, 1, rows, those, 0, scratch.first());
    algebra.addProducts(0, scratch.first(), scratch.ones(), gram);
  }
}
