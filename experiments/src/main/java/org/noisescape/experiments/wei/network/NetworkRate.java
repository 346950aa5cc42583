package org.noisescape.experiments.wei.network;

import java.util.stream.IntStream;

/**
 * What was measured at one learning rate, means over the replicas of each network; entry k of a
 * network's row is the k-th snapshot, after equal numbers of steps.
 *
 * @param sharpness ηλ, λ the largest eigenvalue of all networks at their minima
 * @param learningRate η
 * @param interval steps between snapshots
 * @param replicas of each network
 * @param trace T of the projected states
 * @param changeError standard error over replicas of T's change from first to last snapshot
 * @param theorem −(η²/4)s‖∇̂T‖² there, Theorem 1
 * @param isotropic the change a step under noise of the same trace, the same in all curved
 *     directions (Eq. 13)
 * @param whole −(η²/4)s‖∇T‖², the part across the valley included
 * @param left largest loss of a projected state
 * @param lemmas what the lemmas say of the states
 */
record NetworkRate(
    double sharpness,
    double learningRate,
    long interval,
    int replicas,
    double[][] trace,
    double[] changeError,
    double[][] theorem,
    double[][] isotropic,
    double[][] whole,
    double left,
    LemmaNumbers lemmas) {
  /** How many. */
  int networks() {
    return trace.length;
  }

  /** Steps from the first snapshot to each. */
  double[] steps() {
    return IntStream.range(0, trace[0].length).mapToDouble(k -> (double) k * interval).toArray();
  }

  /** Measured change of T over that of Theorem 1 along the path, of each network. */
  double[] ratios() {
    return IntStream.range(0, networks())
        .mapToDouble(i -> change(i) / along(theorem[i])[trace[i].length - 1])
        .toArray();
  }

  /** The change another law says over that of Theorem 1, mean of the networks. */
  double rival(double[][] law) {
    return IntStream.range(0, networks())
        .mapToDouble(
            i -> along(law[i])[trace[i].length - 1] / along(theorem[i])[trace[i].length - 1])
        .average()
        .orElseThrow();
  }

  /** Mean measured change a step of each network. */
  double perStep(int network) {
    return change(network) / steps()[trace[network].length - 1];
  }

  private double change(int network) {
    double[] t = trace[network];
    return t[t.length - 1] - t[0];
  }

  /** A rate summed along the path by trapezoids, from 0 at the first snapshot. */
  double[] along(double... rate) {
    double[] sum = new double[rate.length];
    for (int k = 1; k < sum.length; k++) {
      sum[k] = sum[k - 1] + 0.5 * interval * (rate[k - 1] + rate[k]);
    }
    return sum;
  }
}
