package org.noisescape.experiments.mori.critical;

import org.noisescape.experiments.mori.critical.CriticalMinimum.Prediction;

/**
 * A minimum with the learning rate at which it was left.
 *
 * @param minimum the minimum
 * @param batch B of the ramp
 * @param ramp at full speed
 * @param slow at half the speed
 */
record CriticalPoint(CriticalMinimum minimum, int batch, CriticalRamp ramp, CriticalRamp slow) {
  /** Index of the factor that counts: half and twice of it show how much it matters. */
  static final int JUMP = 1;

  /** Whether L* leaves room for a jump below the loss of the output 0. */
  boolean found() {
    return ramp.factors()[JUMP] * minimum.loss() <= RampPlan.FORGOTTEN;
  }

  int censored() {
    return ramp.censored(JUMP);
  }

  /** Geometric mean of η_c over the ramp's replicas; NaN where one did not jump. */
  double critical() {
    return Math.exp(ramp.meanLog(JUMP));
  }

  /** Its standard error. */
  double standardError() {
    return critical() * ramp.meanLogError(JUMP);
  }

  double predicted(Prediction prediction) {
    return minimum.predicted(prediction, batch);
  }

  /** Whether it can be compared with every prediction. */
  boolean usable() {
    return found()
        && minimum.converged()
        && Double.isFinite(critical())
        && Double.isFinite(predicted(Prediction.SLIDES))
        && Double.isFinite(predicted(Prediction.CORRECTED));
  }

  /** ln of measured over predicted. */
  double logRatio(Prediction prediction) {
    return Math.log(critical() / predicted(prediction));
  }

  /** ln of η_c at half the speed over that at full speed. */
  double slowLogRatio() {
    return slow.meanLog(JUMP) - ramp.meanLog(JUMP);
  }

  /** ln of η_c by a factor over that by the one that counts. */
  double factorLogRatio(int factor) {
    return ramp.meanLog(factor) - ramp.meanLog(JUMP);
  }
}
