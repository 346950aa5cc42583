package org.noisescape.experiments.wei.designed;

import java.util.stream.IntStream;
import org.noisescape.experiments.wei.SpectrumNoise;

/**
 * What one noise did to the spectra of all networks: means over the replicas of each, entry k of a
 * row that of the k-th snapshot. Quantities f are in the order of the noises that lower them.
 *
 * @param noise which
 * @param sharpness ηλ, λ the largest eigenvalue of all networks at their minima
 * @param learningRate η
 * @param interval steps between snapshots
 * @param replicas of each network
 * @param values f at the projected states (networks, f, k)
 * @param rates change of f a step by Eq. 13 (networks, f, k)
 * @param exchanged of the f it lowers, under the other noise of the same trace (networks, k)
 * @param cosine of ∇̂ tr H and ∇̂ log det at the first snapshot (networks)
 * @param left largest loss of a projected state
 */
record DesignedPath(
    SpectrumNoise noise,
    double sharpness,
    double learningRate,
    long interval,
    int replicas,
    double[][][] values,
    double[][][] rates,
    double[][] exchanged,
    double[] cosine,
    double left) {
  /** How many. */
  int networks() {
    return values.length;
  }

  /** Snapshots. */
  int looks() {
    return values[0][0].length;
  }

  /** Steps from the first snapshot to each. */
  double[] steps() {
    return IntStream.range(0, looks()).mapToDouble(k -> (double) k * interval).toArray();
  }

  /** Change of an f over all snapshots, of each network. */
  double[] changes(SpectrumNoise of) {
    return IntStream.range(0, networks())
        .mapToDouble(i -> values[i][of.ordinal()][looks() - 1] - values[i][of.ordinal()][0])
        .toArray();
  }

  /** Measured change of an f over that of Eq. 13 along the path, of each network. */
  double[] ratios(SpectrumNoise of) {
    double[] changes = changes(of);
    return IntStream.range(0, networks())
        .mapToDouble(i -> changes[i] / along(rates[i][of.ordinal()])[looks() - 1])
        .toArray();
  }

  /** The change of what the noise lowers, under the other noise over its own, mean of networks. */
  double rival() {
    return IntStream.range(0, networks())
        .mapToDouble(
            i -> along(exchanged[i])[looks() - 1] / along(rates[i][noise.ordinal()])[looks() - 1])
        .average()
        .orElseThrow();
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
