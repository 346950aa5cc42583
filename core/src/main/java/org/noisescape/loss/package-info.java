/**
 * Losses: from outputs and targets to per-sample losses and the cotangent of the outputs.
 *
 * <p>Targets are real vectors (N, K) for every loss: one-hot rows, ±1, or smoothed distributions. A
 * new loss is one new file that implements {@link org.noisescape.loss.Loss} and its line in {@link
 * org.noisescape.loss.Losses}.
 *
 * @since 0.1
 */
package org.noisescape.loss;
