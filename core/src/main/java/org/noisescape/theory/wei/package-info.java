/**
 * Wei and Schwab (2019), "How noise affects the Hessian spectrum in overparameterized neural
 * networks".
 *
 * <p>Throughout: a minimal valley L = L* + ½ Σ λ_i(θ̂) θ_i² with n non-degenerate directions θ_i
 * and the degenerate ones θ̂; T = Σ λ_i; η learning rate, S batch, M samples, and the noise C_ij =
 * (1/S − 1/M) H_ij of batches drawn without replacement, (M − 1 read as M). Rates are per step, to
 * leading order in η.
 *
 * @since 0.1
 */
package org.noisescape.theory.wei;
