package org.noisescape.objective;

import org.noisescape.testing.ArraySamples;

/**
 * Least squares of y on x with an intercept, in scalar loops: ℓ_μ = ½(θ·(x, 1) − y)² with gradient
 * g_μ = (θ·(x, 1) − y)(x, 1).
 */
final class LinearOracle {
  private final ArraySamples samples;
  private final double[] theta;

  LinearOracle(ArraySamples samples, double... theta) {
    this.samples = samples;
    this.theta = theta;
  }

  int size() {
    return samples.size();
  }

  double[] sampleGradient(int sample) {
    int features = theta.length - 1;
    double residual = residual(sample);
    double[] gradient = new double[theta.length];
    for (int i = 0; i < features; i++) {
      gradient[i] = residual * samples.features()[sample * features + i];
    }
    gradient[features] = residual;
    return gradient;
  }

  double loss(int sample) {
    return 0.5 * residual(sample) * residual(sample);
  }

  boolean rightSign(int sample) {
    double output = residual(sample) + samples.targets()[sample];
    return output >= 0 == samples.targets()[sample] >= 0;
  }

  double[] gradient() {
    double[] sum = new double[theta.length];
    for (int n = 0; n < size(); n++) {
      double[] one = sampleGradient(n);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += one[i] / size();
      }
    }
    return sum;
  }

  private double residual(int sample) {
    int features = theta.length - 1;
    double output = theta[features];
    for (int i = 0; i < features; i++) {
      output += theta[i] * samples.features()[sample * features + i];
    }
    return output - samples.targets()[sample];
  }
}
