package org.noisescape.experiments.mori.eigenmodes;

/**
 * Where the replicas are at one step, seen from where they started.
 *
 * @param step steps done
 * @param variances over replicas of q_i·θ, one an eigenvector
 * @param inside share of ⟨‖θ − θ_0‖²⟩ in the space of the eigenvectors; NaN at the start
 * @param spreadInside the same of the variance over replicas
 */
record ModeSnapshot(long step, double[] variances, double inside, double spreadInside) {
  /**
   * From projections.
   *
   * @param reduced of each replica: q_i·(θ − θ_0), then ‖θ − θ_0‖²
   * @param total variance over replicas, summed over all parameters
   */
  static ModeSnapshot of(long step, double[] reduced, int modes, double total) {
    int width = modes + 1;
    int replicas = reduced.length / width;
    double[] variances = new double[modes];
    double inside = 0;
    double all = 0;
    double spread = 0;
    for (int i = 0; i < modes; i++) {
      double mean = 0;
      double squares = 0;
      for (int r = 0; r < replicas; r++) {
        double z = reduced[r * width + i];
        mean += z / replicas;
        squares += z * z;
      }
      inside += squares;
      variances[i] = (squares - replicas * mean * mean) / (replicas - 1);
      spread += variances[i];
    }
    for (int r = 0; r < replicas; r++) {
      all += reduced[r * width + modes];
    }
    return new ModeSnapshot(step, variances, inside / all, spread / total);
  }
}
