package org.noisescape.experiments.mori;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.dynamics.RateRamp;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.experiments.EnsembleStage;

/**
 * What happened to replicas that left one minimum with a slowly rising learning rate.
 *
 * <p>η_c of a replica is the learning rate in force when a look at the loss, one at the end of each
 * piece of the ramp, first finds it above a level.
 *
 * @param rates the ramp
 * @param levels losses that count as a jump, ascending
 * @param critical η_c (levels, R); NaN where the ramp ended before, and where the minimum itself
 *     lies above the level
 * @param losses L (R, pieces + 1): at the start and at the end of each piece until the replica
 *     passed its last level
 */
@SuppressWarnings("ArrayRecordComponent") // written once, read by tables and figures
record CriticalRamp(RateRamp rates, double[] levels, double[][] critical, double[][] losses) {
  /**
   * The part of an ensemble that left one minimum.
   *
   * @param result with the losses as snapshots, one a piece
   * @param first first replica of the part
   * @param replicas R
   */
  static CriticalRamp of(
      RateRamp rates, double[] levels, EnsembleStage.Result result, int first, int replicas) {
    double[][] critical = new double[levels.length][replicas];
    double[][] losses = new double[replicas][];
    ReplicaState state = result.state();
    for (int r = 0; r < replicas; r++) {
      long end = state.step();
      for (int c = 0; c < levels.length; c++) {
        long step = state.passage(first + r, c);
        critical[c][r] = step > 0 ? rates.last(step) : Double.NaN;
        end = c == levels.length - 1 && step != ReplicaState.NONE ? step : end;
      }
      List<Double> seen = new ArrayList<>();
      for (int i = 0; i < result.snapshots().size() && i * rates.hold() <= end; i++) {
        seen.add(result.snapshots().get(i)[first + r]);
      }
      losses[r] = seen.stream().mapToDouble(v -> v).toArray();
    }
    return new CriticalRamp(rates, levels, critical, losses);
  }

  int replicas() {
    return losses.length;
  }

  /** η at the end of each piece, those of {@code losses()[r]}. */
  double[] rates(int replica) {
    double[] eta = new double[losses[replica].length];
    Arrays.setAll(eta, i -> rates.last(i * rates.hold()));
    return eta;
  }

  /** Replicas without a jump to a level. */
  int censored(int level) {
    return (int) Arrays.stream(critical[level]).filter(Double::isNaN).count();
  }

  /** Mean of ln η_c over replicas; NaN where one is censored, since then it is only a bound. */
  double meanLog(int level) {
    return Arrays.stream(critical[level]).map(Math::log).average().orElse(Double.NaN);
  }

  /**
   * Standard error of {@link #meanLog}: that of the spread over replicas, and the resolution of the
   * ramp, which they share, ln g/√12. NaN for fewer than two replicas.
   */
  double meanLogError(int level) {
    double mean = meanLog(level);
    int count = replicas();
    double squares =
        Arrays.stream(critical[level]).map(e -> Math.pow(Math.log(e) - mean, 2)).sum();
    return Math.hypot(
        Math.sqrt(squares / (count - 1) / count), Math.log(rates.factor()) / Math.sqrt(12));
  }
}
