package org.noisescape.experiments.meng.covariance;

/**
 * The noise at one point of a path through a minimum.
 *
 * @param index i, from −n to n
 * @param shift i times the scale, added to every parameter of the layer
 * @param distance ‖θ − θ*‖ with the sign of the shift
 * @param loss L
 * @param noiseStrength tr S
 * @param gradientNormSquared ‖∇L‖²
 */
record CovariancePoint(
    int index,
    double shift,
    double distance,
    double loss,
    double noiseStrength,
    double gradientNormSquared) {}
