package org.noisescape.tensor;

/** Normalisation of channels, prepared once for a number of rows. */
@FunctionalInterface
public interface Normalization {
  /**
   * Prepares the normalisation of R × M rows of C channels, statistics shared as in batch
   * normalisation.
   */
  default NormalizationPlan plan(
      DType dtype, int replicas, int rows, int channels, double epsilon, Arena arena) {
    return plan(dtype, replicas, rows, channels, Sharing.ofBatch(channels), epsilon, arena);
  }

  /**
   * Prepares the normalisation of R × M rows of C channels.
   *
   * <p>Preparing may reserve scratch memory in the given arena and allocate; running does not.
   *
   * @param dtype element type
   * @param replicas R
   * @param rows M ≥ 1, all positions of all samples
   * @param channels C
   * @param sharing which elements share mean and variance
   * @param epsilon ε > 0, added to variances
   * @param arena where scratch memory is reserved
   */
  NormalizationPlan plan(
      DType dtype,
      int replicas,
      int rows,
      int channels,
      Sharing sharing,
      double epsilon,
      Arena arena);
}
