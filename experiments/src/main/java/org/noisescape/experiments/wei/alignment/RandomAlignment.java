package org.noisescape.experiments.wei.alignment;

import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * The text's control: CS of two independent symmetric matrices (P, P) of standard normal elements.
 *
 * <p>Mean 0, standard deviation near √2/P.
 */
final class RandomAlignment {
  private RandomAlignment() {}

  /**
   * CS of one pair.
   *
   * @param dimension P
   * @param seed of the draws
   */
  static double cosine(int dimension, long seed) {
    RandomKey first = RandomKey.of(seed, Purpose.ESTIMATOR, 0);
    RandomKey second = RandomKey.of(seed, Purpose.ESTIMATOR, 1);
    double products = 0;
    double squares = 0;
    double others = 0;
    for (int i = 0; i < dimension; i++) {
      RandomStream a = first.stream(i);
      RandomStream b = second.stream(i);
      for (int j = 0; j <= i; j++) {
        double x = a.nextGaussian();
        double y = b.nextGaussian();
        // elements off the diagonal stand in both triangles, where their variance is 1 as well
        int weight = i == j ? 1 : 2;
        products += weight * x * y;
        squares += weight * x * x;
        others += weight * y * y;
      }
    }
    return products / Math.sqrt(squares * others);
  }

  /** Its standard deviation over draws, (Σ w²)^½ / Σ w over the elements of a triangle. */
  static double deviation(int dimension) {
    double p = dimension;
    return Math.sqrt(p + 2 * p * (p - 1)) / (p * p);
  }
}
