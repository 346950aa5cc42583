package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Normalization;
import org.noisescape.tensor.NormalizationPlan;
import org.noisescape.tensor.Sharing;

/** Kernels of their own for channels that share nothing over all rows. */
final class CudaNormalization implements Normalization {
  private final Device device;

  CudaNormalization(Device device) {
    this.device = device;
  }

  @Override
  public NormalizationPlan plan(
      DType dtype,
      int replicas,
      int rows,
      int channels,
      Sharing sharing,
      double epsilon,
      Arena arena) {
    CudaArena own = (CudaArena) arena;
    return sharing.equals(Sharing.ofBatch(channels))
        ? new CudaNormalizationPlan(device, dtype, replicas, rows, channels, epsilon, own)
        : new CudaGroupNormalizationPlan(
            device, dtype, replicas, rows, channels, sharing, epsilon, own);
  }
}
