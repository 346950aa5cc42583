package org.noisescape.experiments.wei.alignment;

/**
 * H and the gradient covariance of one network after an epoch.
 *
 * @param seed replica
 * @param epoch passes over the training data
 * @param step steps of training
 * @param loss L over the samples that H and S are taken of
 * @param sums traces of their products
 */
record AlignmentPoint(int seed, int epoch, long step, double loss, AlignmentSums sums) {
  /** CS(H, M). */
  double similarity() {
    return sums.uncentred();
  }

  /** CS(H, Q M Qᵀ), the mean over all rotations Q. */
  double rotated() {
    return sums.rotated();
  }
}
