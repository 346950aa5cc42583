/**
 * Speed of training steps and measuring passes, beside PyTorch in the same run.
 *
 * <p>{@link org.noisescape.benchmarks.StepBenchmark} and {@link
 * org.noisescape.benchmarks.PassBenchmark} print ratios with their spread; machines drift, ratios
 * taken in turn within one process do less so. Never shipped.
 */
package org.noisescape.benchmarks;
