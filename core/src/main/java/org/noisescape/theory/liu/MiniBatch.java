package org.noisescape.theory.liu;

/**
 * A mini-batch and the factor by which its gradient's covariance is smaller than that of one
 * sample.
 *
 * @param size S
 * @param covarianceFactor C over the centred covariance of per-sample gradients (1/N)
 */
public record MiniBatch(int size, double covarianceFactor) {
  /** Requires at least one sample and a factor that is not negative. */
  public MiniBatch {
    if (size < 1) {
      throw new IllegalArgumentException("batch must be >= 1, got " + size);
    }
    if (!(covarianceFactor >= 0)) {
      throw new IllegalArgumentException(
          "the factor of a covariance must be >= 0, got " + covarianceFactor);
    }
  }

  /** Independent draws: 1/S. */
  public static MiniBatch withReplacement(int size) {
    return new MiniBatch(size, 1.0 / size);
  }

  /**
   * S of N samples, no sample twice within the batch, batches independent: (N−S)/(S(N−1)).
   *
   * @throws IllegalArgumentException unless S is at most N
   */
  public static MiniBatch withoutReplacement(int size, int samples) {
    if (size > samples || samples < 2) {
      throw new IllegalArgumentException(
          "a batch drawn without replacement needs S <= N and N >= 2, got S = "
              + size
              + ", N = "
              + samples);
    }
    return new MiniBatch(size, (double) (samples - size) / ((double) size * (samples - 1)));
  }
}
