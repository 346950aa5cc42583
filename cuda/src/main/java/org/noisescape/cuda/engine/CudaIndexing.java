package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.*;

/** To come. */
final class CudaIndexing extends Indexing {
  CudaIndexing(Device device, Faults faults) {}

  @Override
  protected void gatherRows(Tensor source, Tensor indices, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computeTranspose(Tensor x, Tensor out) {
    throw new UnsupportedOperationException();
  }
}
