/**
 * Speed of training steps, measuring passes and spectra, beside peers in the same run.
 *
 * <p>{@link org.noisescape.benchmarks.Benchmarks} starts a kind; ratios are taken within rounds,
 * since machines drift. Never shipped.
 */
package org.noisescape.benchmarks;
