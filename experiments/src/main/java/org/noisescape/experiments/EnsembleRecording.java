package org.noisescape.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.dynamics.EnsembleListener;
import org.noisescape.experiments.fit.SeedMean;

/** Keeps numbers of every replica at every snapshot of an ensemble. */
public final class EnsembleRecording implements EnsembleListener {
  private final int dimension;
  private final List<ToDoubleFunction<double[]>> quantities;
  private final List<Long> steps = new ArrayList<>();
  private final List<double[][]> values = new ArrayList<>();

  /**
   * An empty recording.
   *
   * @param dimension P
   * @param quantities functions of θ (P)
   */
  public EnsembleRecording(int dimension, List<ToDoubleFunction<double[]>> quantities) {
    this.dimension = dimension;
    this.quantities = List.copyOf(quantities);
  }

  @Override
  public void snapshot(long step, double[] theta) {
    int replicas = theta.length / dimension;
    double[][] now = new double[quantities.size()][replicas];
    double[] one = new double[dimension];
    for (int r = 0; r < replicas; r++) {
      System.arraycopy(theta, r * dimension, one, 0, dimension);
      for (int q = 0; q < now.length; q++) {
        now[q][r] = quantities.get(q).applyAsDouble(one);
      }
    }
    steps.add(step);
    values.add(now);
  }

  /** Number of snapshots. */
  public int size() {
    return steps.size();
  }

  /** Steps of the snapshots. */
  public double[] steps() {
    return steps.stream().mapToDouble(Long::doubleValue).toArray();
  }

  /** A quantity of all replicas at a snapshot. */
  public double[] at(int quantity, int snapshot) {
    return values.get(snapshot)[quantity].clone();
  }

  /** Mean over replicas of a quantity at a snapshot. */
  public SeedMean mean(int quantity, int snapshot) {
    return SeedMean.of(values.get(snapshot)[quantity]);
  }

  /** Series of a quantity, a row a replica, from a snapshot on. */
  public double[][] series(int quantity, int from) {
    int replicas = values.getFirst()[quantity].length;
    double[][] rows = new double[replicas][size() - from];
    for (int k = from; k < size(); k++) {
      for (int r = 0; r < replicas; r++) {
        rows[r][k - from] = values.get(k)[quantity][r];
      }
    }
    return rows;
  }
}
