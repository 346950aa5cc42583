package org.noisescape.experiments.frame;

/**
 * η &lt; 2/λ: beyond it gradient descent in a direction of curvature λ diverges without any noise.
 */
public final class StabilityBound {
  private StabilityBound() {}

  /**
   * Refuses a learning rate beyond the bound.
   *
   * @param key setting of the learning rate
   * @param rate η
   * @param curvature largest λ that the replicas meet
   */
  public static void require(String key, double rate, double curvature) {
    if (!(rate * curvature < 2)) {
      throw new IllegalArgumentException(
          "--set %s=%s: the learning rate must be below 2/lambda = %.4g (lambda = %.4g), beyond which descent diverges"
              .formatted(key, rate, 2 / curvature, curvature));
    }
  }
}
