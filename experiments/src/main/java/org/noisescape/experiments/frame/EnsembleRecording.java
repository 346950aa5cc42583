package org.noisescape.experiments.frame;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.EnsembleStage.Reduction;

/**
 * Some numbers of every replica at every snapshot of an ensemble.
 *
 * @param replicas R
 * @param steps of the snapshots; the first is the start, step 0
 * @param snapshots a row a snapshot, number q of replica r at q·R + r
 */
public record EnsembleRecording(int replicas, double[] steps, List<double[]> snapshots) {
  /** Keeps these numbers of each replica, functions of its θ (P). */
  public static Reduction of(int dimension, List<ToDoubleFunction<double[]>> quantities) {
    return new Numbers(dimension, List.copyOf(quantities));
  }

  private record Numbers(int dimension, List<ToDoubleFunction<double[]>> quantities)
      implements Reduction {
    @Override
    public double[] of(long step, double[] theta) {
      int replicas = theta.length / dimension;
      double[] kept = new double[quantities.size() * replicas];
      double[] one = new double[dimension];
      for (int r = 0; r < replicas; r++) {
        System.arraycopy(theta, r * dimension, one, 0, dimension);
        for (int q = 0; q < quantities.size(); q++) {
          kept[q * replicas + r] = quantities.get(q).applyAsDouble(one);
        }
      }
      return kept;
    }

    @Override
    public double[] joined(List<double[]> parts, List<Integer> replicas) {
      int all = replicas.stream().mapToInt(count -> count).sum();
      double[] kept = new double[quantities.size() * all];
      int first = 0;
      for (int i = 0; i < parts.size(); i++) {
        int count = replicas.get(i);
        for (int q = 0; q < quantities.size(); q++) {
          System.arraycopy(parts.get(i), q * count, kept, q * all + first, count);
        }
        first += count;
      }
      return kept;
    }
  }

  /** Number of snapshots. */
  public int size() {
    return snapshots.size();
  }

  /** A number of all replicas at a snapshot. */
  public double[] at(int quantity, int snapshot) {
    return Arrays.copyOfRange(
        snapshots.get(snapshot), quantity * replicas, (quantity + 1) * replicas);
  }

  /** Mean over replicas of a number at a snapshot. */
  public SeedMean mean(int quantity, int snapshot) {
    return SeedMean.of(at(quantity, snapshot));
  }

  /** Means at all snapshots. */
  public double[] means(int quantity) {
    double[] all = new double[size()];
    Arrays.setAll(all, k -> mean(quantity, k).mean());
    return all;
  }

  /** Standard deviations over replicas at all snapshots. */
  public double[] deviations(int quantity) {
    double[] all = new double[size()];
    Arrays.setAll(all, k -> mean(quantity, k).deviation());
    return all;
  }

  /** Mean over replicas of the change of a number between two snapshots. */
  public SeedMean change(int quantity, int from, int to) {
    double[] before = at(quantity, from);
    double[] change = at(quantity, to);
    for (int r = 0; r < replicas; r++) {
      change[r] -= before[r];
    }
    return SeedMean.of(change);
  }

  /** Series of a number, a row a replica, from a snapshot on. */
  public double[][] series(int quantity, int from) {
    double[][] rows = new double[replicas][size() - from];
    for (int k = from; k < size(); k++) {
      for (int r = 0; r < replicas; r++) {
        rows[r][k - from] = snapshots.get(k)[quantity * replicas + r];
      }
    }
    return rows;
  }
}
