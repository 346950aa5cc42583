package org.noisescape.train;

import java.util.List;

/**
 * Whether a run has left all bounds while its numbers are still finite: a replica's loss is more
 * than 10⁶ times its first one, or than 1 where the first one is smaller.
 *
 * <p>The loss is the mean over the mini-batches since the last look, or that over the training data
 * where it is measured. Losses grow and come back by much less: a network of width n at a large
 * learning rate by about n (Lewkowycz et al. 2020), a spike in the training of a language model by
 * a few times (Chowdhery et al. 2022). What is checked changes no number of the run.
 */
final class Explosion {
  /** How many times the first loss. */
  static final double FACTOR = 1e6;

  /** A first loss counts as this where it is smaller: a run may begin at a minimum. */
  static final double SMALLEST = 1;

  static final String LOSS = "train_loss";

  private double[] first = new double[0];

  /** Whether the first losses are known. */
  boolean known() {
    return first.length > 0;
  }

  /** What a checkpoint keeps. */
  double[] state() {
    return first;
  }

  /** Puts it as it was; where nothing is known the next losses are the first. */
  void restore(double[] losses) {
    first = losses;
  }

  /**
   * Takes up the losses of all replicas.
   *
   * @return the first replica that has left all bounds, or −1
   */
  int take(double[] losses) {
    if (!known()) {
      first = losses.clone();
    }
    for (int r = 0; r < losses.length; r++) {
      if (losses[r] > FACTOR * Math.max(SMALLEST, first[r])) {
        return r;
      }
    }
    return -1;
  }

  /** The same of a measurement, which may have no loss. */
  int take(List<Measurement> measurements) {
    boolean measured = measurements.stream().allMatch(found -> found.values().containsKey(LOSS));
    return measured
        ? take(measurements.stream().mapToDouble(found -> found.values().get(LOSS)).toArray())
        : -1;
  }
}
