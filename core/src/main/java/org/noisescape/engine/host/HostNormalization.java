package org.noisescape.engine.host;

import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Normalization;
import org.noisescape.tensor.NormalizationPlan;

/** Prepares normalisation of channels. */
final class HostNormalization implements Normalization {
  private final Workers workers;

  HostNormalization(Workers workers) {
    this.workers = workers;
  }

  @Override
  public NormalizationPlan plan(
      DType dtype, int replicas, int rows, int channels, double epsilon, Arena arena) {
    return new HostNormalizationPlan(
        dtype, replicas, rows, channels, epsilon, (HostArena) arena, workers);
  }
}
