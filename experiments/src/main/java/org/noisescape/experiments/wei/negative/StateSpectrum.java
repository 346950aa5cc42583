package org.noisescape.experiments.wei.negative;

/**
 * One state of a run.
 *
 * @param epoch of the run
 * @param loss L over all training samples
 * @param gradientNormSquared ‖∇L‖²
 * @param negative part of the spectrum of the Hessian
 */
record StateSpectrum(int epoch, double loss, double gradientNormSquared, NegativePart negative) {}
