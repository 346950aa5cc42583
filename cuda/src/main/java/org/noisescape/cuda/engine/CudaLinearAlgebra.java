package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.*;

/** To come. */
final class CudaLinearAlgebra extends LinearAlgebra {
  CudaLinearAlgebra(Device device) {}

  @Override
  protected void multiply(
      Transpose transposeA,
      Transpose transposeB,
      int m,
      int n,
      int k,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void accumulateProducts(double offset, Tensor a, Tensor b, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void addScaled(Tensor alpha, Tensor x, Tensor y) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void combine(double alpha, Tensor x, double beta, Tensor y) {
    throw new UnsupportedOperationException();
  }
}
