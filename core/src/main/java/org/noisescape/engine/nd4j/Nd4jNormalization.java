package org.noisescape.engine.nd4j;

import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Normalization;
import org.noisescape.tensor.NormalizationPlan;

/** Prepares normalisation of channels. */
final class Nd4jNormalization implements Normalization {
  @Override
  public NormalizationPlan plan(
      DType dtype, int replicas, int rows, int channels, double epsilon, Arena arena) {
    return new Nd4jNormalizationPlan(dtype, replicas, rows, channels, epsilon);
  }
}
