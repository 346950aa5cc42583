package org.noisescape.experiments.wei;

import org.noisescape.experiments.frame.Settings;

/**
 * The smallest value that label-smoothed cross-entropy can have: the entropy of its targets.
 *
 * <p>−Σ_k t_k log p_k is least at p = t with t = (1 − ε)·one-hot + ε/K, and L − L* is the mean
 * Kullback–Leibler divergence of t from p. It is reached by a network that fits every target.
 */
public final class LossFloor {
  private LossFloor() {}

  /**
   * L*.
   *
   * @param smoothing ε in [0, 1)
   * @param classes K
   */
  public static double of(double smoothing, int classes) {
    double other = smoothing / classes;
    return term(1 - smoothing + other) + (classes - 1) * term(other);
  }

  /**
   * Setting {@code smoothing}, ε in [0, 1).
   *
   * @throws IllegalArgumentException where it is none
   */
  public static double smoothing(Settings settings) {
    double smoothing = settings.notNegative("smoothing");
    if (!(smoothing < 1)) {
      throw settings.wrong("smoothing", "must be a number in [0, 1)");
    }
    return smoothing;
  }

  private static double term(double probability) {
    return probability == 0 ? 0 : -probability * Math.log(probability);
  }
}
