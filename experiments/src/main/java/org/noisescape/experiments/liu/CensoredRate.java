package org.noisescape.experiments.liu;

import org.noisescape.dynamics.ReplicaState;

/**
 * Rate of first passages of an exponential law, some of them not seen: passages over the steps lived
 * through.
 *
 * <p>Maximum likelihood with censoring; the standard error is rate/√passages.
 *
 * @param rate passages a step; 0 without any
 * @param standardError NaN without any
 * @param passages seen
 * @param replicas R
 */
record CensoredRate(double rate, double standardError, int passages, int replicas) {
  /** From a state, at its last threshold. */
  static CensoredRate of(ReplicaState state, int threshold) {
    double lived = 0;
    int passages = 0;
    for (int r = 0; r < state.replicas(); r++) {
      long passage = state.passage(r, threshold);
      boolean seen = passage != ReplicaState.NONE;
      lived += seen ? passage : state.step();
      passages += seen ? 1 : 0;
    }
    double rate = passages / lived;
    return new CensoredRate(
        rate, passages == 0 ? Double.NaN : rate / Math.sqrt(passages), passages, state.replicas());
  }
}
