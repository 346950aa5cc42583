package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.Ensembles;

/** To come. */
final class CudaEnsembles extends Ensembles {
  CudaEnsembles(Device device) {}
}
