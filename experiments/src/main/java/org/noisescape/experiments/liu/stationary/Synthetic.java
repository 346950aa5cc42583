package org.noisescape.experiments.liu.stationary;

import org.noisescape.dynamics.landscape.LinearRegression;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.liu.MiniBatch;
import org.noisescape.theory.liu.RegressionNoise;
import org.noisescape.theory.liu.SquareLoss;

/**
 * Linear regression on Gaussian inputs: x ~ N(0, diag(v)), y = w*·x + ε, ε ~ N(0, 1), w* = (1, …,
 * 1), ℓ = ½(w·x − y)².
 *
 * <p>Source: Liu et al. (2021), section 5.2; the factor ½, which Eq. 28 lacks, is the one its
 * figures take (docs/theory-liu.md).
 *
 * @param inputs x (N, D)
 * @param targets y (N)
 */
public record Synthetic(double[][] inputs, double[] targets) {
  /** Draws N samples. */
  public static Synthetic draw(int samples, long seed, double... variances) {
    RandomStream stream = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    double[][] x = new double[samples][variances.length];
    double[] y = new double[samples];
    for (int n = 0; n < samples; n++) {
      for (int i = 0; i < variances.length; i++) {
        x[n][i] = Math.sqrt(variances[i]) * stream.nextGaussian();
        y[n] += x[n][i];
      }
      y[n] += stream.nextGaussian();
    }
    return new Synthetic(x, y);
  }

  /** As a loss. */
  LinearRegression landscape() {
    return new LinearRegression(inputs[0].length, Systems.flat(inputs), targets);
  }

  /** Its exact noise for batches drawn with replacement. */
  public RegressionNoise noise(int batch) {
    return RegressionNoise.ofSamples(
        inputs, targets, SquareLoss.HALVED, MiniBatch.withReplacement(batch));
  }
}
