package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Normalization;
import org.noisescape.tensor.NormalizationPlan;

/** Prepares normalisation of channels. */
final class CudaNormalization implements Normalization {
  private final Device device;

  CudaNormalization(Device device) {
    this.device = device;
  }

  @Override
  public NormalizationPlan plan(
      DType dtype, int replicas, int rows, int channels, double epsilon, Arena arena) {
    return new CudaNormalizationPlan(
        device, dtype, replicas, rows, channels, epsilon, (CudaArena) arena);
  }
}
