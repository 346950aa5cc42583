package org.noisescape.dynamics.statistics;

import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** Random numbers of known laws for the tests here, by number of the trial. */
final class Draws {
  static final RandomKey BOOTSTRAP = RandomKey.of(3, Purpose.BOOTSTRAP, 0);

  private static final RandomKey KEY = RandomKey.of(11, Purpose.SYNTHETIC_DATA, 0);

  private Draws() {}

  static RandomStream stream(int trial) {
    return KEY.stream(trial);
  }

  /** n Weibull times of a mean scale, S = exp(−(t/scale)^shape), looked at until a limit. */
  static CensoredTimes weibull(int n, double scale, double shape, double limit, int trial) {
    RandomStream random = stream(trial);
    double[] times = new double[n];
    for (int i = 0; i < n; i++) {
      double time = scale * Math.pow(-Math.log(random.nextDouble()), 1 / shape);
      times[i] = time <= limit ? time : Double.NaN;
    }
    return CensoredTimes.until(times, limit);
  }

  static CensoredTimes exponential(int n, double mean, double limit, int trial) {
    return weibull(n, mean, 1, limit, trial);
  }

  /** Stationary x ← ρx + √(1 − ρ²) ξ about a mean, variance 1. */
  static double[] autoregression(int n, double rho, double mean, int trial) {
    RandomStream random = stream(trial);
    double[] x = new double[n];
    double last = random.nextGaussian();
    for (int i = 0; i < n; i++) {
      x[i] = mean + last;
      last = rho * last + Math.sqrt(1 - rho * rho) * random.nextGaussian();
    }
    return x;
  }
}
