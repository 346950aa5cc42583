package org.noisescape.experiments.mori;

import org.noisescape.experiments.mori.CriticalMinimum.Prediction;

/**
 * A minimum with the learning rate at which it was left.
 *
 * @param minimum the minimum
 * @param batch B of the ramp
 * @param ramp at full speed
 * @param slow at half the speed; its levels are those of the other
 */
record CriticalPoint(CriticalMinimum minimum, int batch, CriticalRamp ramp, CriticalRamp slow) {
  /** Index of the level that counts: below and above it are others, for the sensitivity. */
  static final int JUMP = 1;

  /** Whether pre-training ended below the level that counts. */
  boolean found() {
    return minimum.loss() <= ramp.levels()[JUMP];
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

  /** ln of η_c at a level over that at the one that counts. */
  double levelLogRatio(int level) {
    return ramp.meanLog(level) - ramp.meanLog(JUMP);
  }
}
