/**
 * The empirical risk L(θ) = (1/N) Σ ℓ_μ(θ) over a whole data set: values, gradients and the norms
 * of per-sample gradients, streamed in chunks.
 *
 * <p>{@link org.noisescape.objective.ResidentData} keeps a data set in engine memory; {@link
 * org.noisescape.objective.EmpiricalRisk} runs a network over it. Sums over samples are accumulated
 * in float64.
 *
 * @since 0.1
 */
package org.noisescape.objective;
