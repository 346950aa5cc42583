package org.noisescape.experiments.mori.eigenmodes;

import org.noisescape.experiments.frame.EnsembleStage.Reduction;

/**
 * Keeps of each replica q_i·(θ − θ_0) for all i and ‖θ − θ_0‖², and of all the variance over
 * replicas summed over the parameters.
 *
 * @param start θ_0 (P)
 * @param vectors q_i, entry (i, p) at i·P + p
 */
record ModeReduction(double[] start, double[] vectors) implements Reduction {
  int modes() {
    return vectors.length / start.length;
  }

  @Override
  public double[] of(long step, double[] theta) {
    int size = start.length;
    int replicas = theta.length / size;
    int modes = modes();
    double[] kept = new double[replicas * (modes + 1) + 1];
    double[] mean = new double[size];
    double squares = 0;
    for (int r = 0; r < replicas; r++) {
      int row = r * (modes + 1);
      for (int p = 0; p < size; p++) {
        double moved = theta[r * size + p] - start[p];
        mean[p] += moved / replicas;
        kept[row + modes] += moved * moved;
        for (int i = 0; i < modes; i++) {
          kept[row + i] += moved * vectors[i * size + p];
        }
      }
      squares += kept[row + modes];
    }
    double drift = 0;
    for (double m : mean) {
      drift += m * m;
    }
    kept[kept.length - 1] = (squares - replicas * drift) / (replicas - 1);
    return kept;
  }

  /** A kept snapshot. */
  ModeSnapshot snapshot(long step, double[] kept) {
    double[] reduced = java.util.Arrays.copyOf(kept, kept.length - 1);
    return ModeSnapshot.of(step, reduced, modes(), kept[kept.length - 1]);
  }
}
