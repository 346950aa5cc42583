package org.noisescape.experiments.fit;

import java.util.Arrays;

/**
 * Mean and spread of a number over independent seeds.
 *
 * @param mean mean, NaN without seeds
 * @param deviation standard deviation (R − 1), NaN for fewer than two seeds
 * @param seeds R
 */
public record SeedMean(double mean, double deviation, int seeds) {
  /** Of one value a seed. */
  public static SeedMean of(double... values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    return new SeedMean(mean, deviation, values.length);
  }

  /** deviation/√R. */
  public double standardError() {
    return deviation / Math.sqrt(seeds);
  }

  /** Standard deviation of one more draw from its prediction by the mean, s√(1 + 1/R). */
  public double predictionError() {
    return deviation * Math.sqrt(1 + 1.0 / seeds);
  }
}
