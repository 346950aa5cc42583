package org.noisescape.experiments.mori.saddle;

import java.util.Arrays;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.dynamics.statistics.CensoredTimes;
import org.noisescape.dynamics.statistics.ExponentialTail;
import org.noisescape.experiments.fit.PointEstimate;

/**
 * Escapes from one well at one L*.
 *
 * @param system curvatures and noise
 * @param lossRatio c
 * @param inverseTemperature 1/T = B/(ηh_e)
 * @param escapes exponential law of the times to beyond the saddle, from the first step on
 * @param top the same of the times to the saddle
 * @param clock τ/L* over t until the escape
 */
record SaddleEscapePoint(
    EscapeCase system,
    double lossRatio,
    double inverseTemperature,
    ExponentialTail escapes,
    ExponentialTail top,
    PointEstimate clock) {

  /** Reads them off replicas at rest. */
  static SaddleEscapePoint of(
      EscapeCase system,
      double lossRatio,
      double inverseTemperature,
      double learningRate,
      ReplicaState end) {
    CensoredTimes times = times(end, 1, learningRate);
    int replicas = end.replicas();
    int size = system.well(lossRatio).dimension();
    double[] tau = new double[replicas];
    Arrays.setAll(tau, r -> end.theta()[(r + 1) * size - 1]);
    double all = Arrays.stream(tau).sum();
    double time = times.exposure();
    return new SaddleEscapePoint(
        system,
        lossRatio,
        inverseTemperature,
        ExponentialTail.beyond(times, 0),
        ExponentialTail.beyond(times(end, 0, learningRate), 0),
        PointEstimate.jackknife(
            replicas, r -> r < 0 ? all / time : (all - tau[r]) / (time - times.times()[r])));
  }

  private static CensoredTimes times(ReplicaState end, int threshold, double learningRate) {
    double[] times = end.firstPassages(threshold);
    for (int r = 0; r < times.length; r++) {
      times[r] *= learningRate;
    }
    return CensoredTimes.until(times, end.step() * learningRate);
  }

  /** κ, known from as many escapes. */
  PointEstimate rate() {
    return PointEstimate.ofDraws(escapes.rate(), escapes.standardError(), escapes.events());
  }

  /** ln of the mean time here over that in another well. */
  PointEstimate logTimeOver(SaddleEscapePoint other) {
    return other.rate().log().minus(rate().log());
  }
}
