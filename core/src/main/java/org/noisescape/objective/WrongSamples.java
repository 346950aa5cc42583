package org.noisescape.objective;

/**
 * What the wrongly classified samples of a data set carry, at one θ of one replica.
 *
 * <p>Source: Mori et al. (2022), appendix D, where M wrong samples of N carry the loss and the
 * second moment of the gradients.
 *
 * @param wrong M, samples whose largest output is not where the largest target is; with one output,
 *     those of the wrong sign
 * @param lossShare Σ_wrong ℓ_μ / Σ ℓ_μ; NaN where all losses vanish
 * @param gradientShare Σ_wrong ‖g_μ‖² / Σ ‖g_μ‖²; NaN where all gradients vanish
 */
public record WrongSamples(long wrong, double lossShare, double gradientShare) {
  /** Adds up over samples. */
  static final class Sums {
    private long wrong;
    private double loss;
    private double wrongLoss;
    private double squares;
    private double wrongSquares;

    /**
     * Adds samples.
     *
     * @param outputs (n, K)
     * @param targets (n, K)
     * @param classes K
     * @param losses ℓ_μ from an offset on
     * @param norms ‖g_μ‖², in any unit, from that offset on
     */
    void add(
        double[] outputs,
        double[] targets,
        int classes,
        double[] losses,
        double[] norms,
        int offset,
        int samples) {
      for (int n = 0; n < samples; n++) {
        int row = (offset + n) * classes;
        loss += losses[offset + n];
        squares += norms[offset + n];
        if (ClassCounts.decision(outputs, row, classes)
            != ClassCounts.decision(targets, row, classes)) {
          wrong++;
          wrongLoss += losses[offset + n];
          wrongSquares += norms[offset + n];
        }
      }
    }

    WrongSamples total() {
      return new WrongSamples(wrong, wrongLoss / loss, wrongSquares / squares);
    }
  }
}
