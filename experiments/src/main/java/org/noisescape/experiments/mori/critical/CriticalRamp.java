package org.noisescape.experiments.mori.critical;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.noisescape.dynamics.RateRamp;

/**
 * What happened to replicas that left one minimum with a slowly rising learning rate.
 *
 * <p>The loss jumps where a look, one at the end of each piece of the ramp, first finds it above c
 * times the least loss of the ramp so far, which is the level that training at the present learning
 * rates has come to. η_c is the learning rate of that piece.
 *
 * @param rates the ramp
 * @param factors c, ascending
 * @param critical η_c (factors, R); NaN where the ramp ended before
 * @param losses L (R, pieces + 1): at the start and at the end of each piece until the replica
 *     jumped by the largest factor
 */
record CriticalRamp(RateRamp rates, double[] factors, double[][] critical, double[][] losses) {
  /**
   * The part of an ensemble that left one minimum.
   *
   * @param snapshots losses of all replicas, at the start and at the end of each piece
   * @param first first replica of the part
   * @param replicas R
   */
  static CriticalRamp of(
      RateRamp rates, double[] factors, List<double[]> snapshots, int first, int replicas) {
    double[][] losses = new double[replicas][];
    for (int r = 0; r < replicas; r++) {
      int replica = first + r;
      double[] all = snapshots.stream().mapToDouble(s -> s[replica]).toArray();
      int last = jump(all, factors[factors.length - 1]);
      losses[r] = last < 0 ? all : Arrays.copyOf(all, last + 1);
    }
    return of(rates, factors, losses);
  }

  /** Whether all replicas have jumped by a factor. */
  static boolean allJumped(List<double[]> snapshots, double factor) {
    if (snapshots.isEmpty()) {
      return false;
    }
    double[] least = snapshots.getFirst().clone();
    boolean[] jumped = new boolean[least.length];
    for (double[] losses : snapshots) {
      for (int r = 0; r < least.length; r++) {
        jumped[r] |= !(losses[r] <= factor * least[r]);
        least[r] = Math.min(least[r], losses[r]);
      }
    }
    return IntStream.range(0, jumped.length).allMatch(r -> jumped[r]);
  }

  /** From the losses. */
  static CriticalRamp of(RateRamp rates, double[] factors, double[]... losses) {
    double[][] critical = new double[factors.length][losses.length];
    for (int c = 0; c < factors.length; c++) {
      for (int r = 0; r < losses.length; r++) {
        int piece = jump(losses[r], factors[c]);
        critical[c][r] = piece < 0 ? Double.NaN : rates.last(piece * rates.hold());
      }
    }
    return new CriticalRamp(rates, factors, critical, losses);
  }

  /** The first look above c times the least loss before; a loss that is no number is above. */
  private static int jump(double[] losses, double factor) {
    double least = losses[0];
    for (int i = 1; i < losses.length; i++) {
      if (!(losses[i] <= factor * least)) {
        return i;
      }
      least = Math.min(least, losses[i]);
    }
    return -1;
  }

  /** Piece at whose end a replica had jumped; −1 where it did not. */
  int jump(int replica, int factor) {
    return jump(losses[replica], factors[factor]);
  }

  int replicas() {
    return losses.length;
  }

  /** η at the end of each piece, those of {@code losses()[r]}. */
  double[] rates(int replica) {
    double[] eta = new double[losses[replica].length];
    Arrays.setAll(eta, this::rate);
    return eta;
  }

  /** η of a piece. */
  double rate(int piece) {
    return rates.last(piece * rates.hold());
  }

  /** Replicas without a jump by a factor. */
  int censored(int factor) {
    return (int) Arrays.stream(critical[factor]).filter(Double::isNaN).count();
  }

  /** Mean of ln η_c over replicas; NaN where one is censored, since then it is only a bound. */
  double meanLog(int factor) {
    return Arrays.stream(critical[factor]).map(Math::log).average().orElse(Double.NaN);
  }

  /**
   * Standard error of {@link #meanLog}: that of the spread over replicas, and the resolution of the
   * ramp, which they share, ln g/√12. NaN for fewer than two replicas.
   */
  double meanLogError(int factor) {
    double mean = meanLog(factor);
    int count = replicas();
    double squares =
        Arrays.stream(critical[factor]).map(e -> Math.pow(Math.log(e) - mean, 2)).sum();
    return Math.hypot(
        Math.sqrt(squares / (count - 1) / count), Math.log(rates.factor()) / Math.sqrt(12));
  }
}
