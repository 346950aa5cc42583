package org.noisescape.tensor;

/**
 * Mean and biased variance of channels.
 *
 * @param mean μ (R, sets · C) float64
 * @param variance v (R, sets · C) float64, over those who share it, not one fewer
 * @param origin whether they are functions of the rows they normalise
 */
public record Moments(Tensor mean, Tensor variance, Origin origin) {
  /** Where moments come from. */
  public enum Origin {
    /** From the rows themselves: derivatives see them. */
    ROWS,
    /** From elsewhere: constants. */
    FIXED
  }
}
