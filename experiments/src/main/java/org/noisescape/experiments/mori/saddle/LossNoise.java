package org.noisescape.experiments.mori.saddle;

import org.noisescape.dynamics.landscape.Landscape;
import org.noisescape.dynamics.landscape.LandscapeNoise;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomStream;

/**
 * g_i = ∂_iL + √(2T_iL/η) ξ_i: the noise (6) of a step η, T_i = ηh_i/B along axis i; none on the
 * clock.
 *
 * @param learningRate η
 * @param temperatures T_i, of all axes but the clock, which is the last one
 */
record LossNoise(double learningRate, double[] temperatures) implements LandscapeNoise {
  @Override
  public Source bind(Landscape landscape) {
    double minimumLoss = ((SaddleWell) landscape).minimumLoss();
    double[] deviations = new double[temperatures.length];
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] = Math.sqrt(2 * temperatures[i] * minimumLoss / learningRate);
    }
    return (theta, draws, into) -> {
      landscape.gradient(theta, into);
      // the clock goes by L/L*
      double root = Math.sqrt(-into[into.length - 1]);
      RandomStream normals = draws.of(Purpose.GRADIENT_NOISE);
      for (int i = 0; i < deviations.length; i++) {
        into[i] += deviations[i] * root * normals.nextGaussian();
      }
    };
  }
}
