package org.noisescape.experiments.wei.valley;

import org.noisescape.train.FullBatchDescent.Status;

/**
 * A state of SGD projected to a minimum by gradient descent.
 *
 * @param step of SGD
 * @param epoch of SGD, a fraction between epoch ends
 * @param status how the descent ended
 * @param iterations of the descent
 * @param trainLoss L where it ended
 * @param trainAccuracy there
 * @param testLoss there, NaN without a test set
 * @param testAccuracy there, NaN without a test set
 * @param distance ‖P(θ) − θ‖
 */
record ProjectedPoint(
    long step,
    double epoch,
    Status status,
    long iterations,
    double trainLoss,
    double trainAccuracy,
    double testLoss,
    double testAccuracy,
    double distance) {
  /** Whether it is a minimum by the text's meaning: a point with a loss below the threshold. */
  boolean minimal() {
    return status == Status.REACHED;
  }
}
