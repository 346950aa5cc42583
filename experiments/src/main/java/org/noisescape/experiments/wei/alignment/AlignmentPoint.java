package org.noisescape.experiments.wei.alignment;

/**
 * H and the gradient covariance of one network after an epoch.
 *
 * @param seed replica
 * @param epoch passes over the training data
 * @param loss L over the samples that H and S are taken of
 * @param sums traces of their products
 */
record AlignmentPoint(int seed, int epoch, double loss, AlignmentSums sums) {}
