package org.noisescape.experiments.wei.entropicforce;

import java.util.Arrays;
import org.noisescape.dynamics.statistics.CorrelatedMean;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.EnsembleRecording;
import org.noisescape.experiments.wei.ValleyDrift;

/**
 * θ₁ and θ₂ in time at one slope of the floor.
 *
 * @param slope α
 * @param steps of the snapshots
 * @param second ⟨θ₂⟩
 * @param secondError standard error of ⟨θ₂⟩ over replicas
 * @param sample θ₁ of replica 0
 * @param theory θ₂ along the averaged drift
 * @param mean ⟨θ₂⟩ after settling; without noise the change of θ₂ a step
 * @param standardError of it, over replicas
 * @param transientSteps until ⟨θ₂⟩ − mean has fallen to 1/e of its first value, NaN where it never
 *     does
 * @param settled whether the burn-in rule ends within the settling
 * @param replicas R
 */
record ForcePath(
    double slope,
    double[] steps,
    double[] second,
    double[] secondError,
    double[] sample,
    double[] theory,
    double mean,
    double standardError,
    double transientSteps,
    boolean settled,
    int replicas) {

  /** ⟨θ₂⟩ after settling. */
  PointEstimate balance() {
    return PointEstimate.ofDraws(mean, standardError, replicas).provided(settled);
  }

  static ForcePath noisy(
      double slope,
      EnsembleRecording recording,
      ValleyDrift drift,
      double[] start,
      CorrelatedMean mean,
      boolean settled) {
    double[] second = recording.means(1);
    return of(
        slope,
        recording,
        drift,
        start,
        mean.value(),
        mean.standardError(),
        transientSteps(recording.steps(), second, mean.value()),
        settled);
  }

  static ForcePath still(
      double slope, EnsembleRecording recording, ValleyDrift drift, double[] start, int from) {
    double[] second = recording.means(1);
    double[] steps = recording.steps();
    int end = steps.length - 1;
    double rate = (second[end] - second[from]) / (steps[end] - steps[from]);
    return of(slope, recording, drift, start, rate, Double.NaN, Double.NaN, true);
  }

  private static ForcePath of(
      double slope,
      EnsembleRecording recording,
      ValleyDrift drift,
      double[] start,
      double mean,
      double error,
      double transientSteps,
      boolean settled) {
    double[] sample = new double[recording.size()];
    Arrays.setAll(sample, k -> recording.at(0, k)[0]);
    double root = Math.sqrt(recording.replicas());
    double[][] theory = drift.along(start, recording.steps());
    return new ForcePath(
        slope,
        recording.steps(),
        recording.means(1),
        Arrays.stream(recording.deviations(1)).map(s -> s / root).toArray(),
        sample,
        Arrays.stream(theory).mapToDouble(theta -> theta[1]).toArray(),
        mean,
        error,
        transientSteps,
        settled,
        recording.replicas());
  }

  /**
   * Steps until the distance from the mean is 1/e of what it was, between the two snapshots around
   * it by a straight line; NaN where it never is.
   */
  static double transientSteps(double[] steps, double[] second, double mean) {
    double level = Math.abs(second[0] - mean) / Math.E;
    for (int k = 1; k < steps.length; k++) {
      double before = Math.abs(second[k - 1] - mean);
      double now = Math.abs(second[k] - mean);
      if (now <= level) {
        return steps[k - 1] + (steps[k] - steps[k - 1]) * (before - level) / (before - now);
      }
    }
    return Double.NaN;
  }
}
