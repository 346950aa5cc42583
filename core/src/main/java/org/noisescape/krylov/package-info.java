/**
 * Spectra of symmetric operators from their products with vectors: eigenpairs (Lanczos), densities
 * (stochastic Lanczos quadrature), traces, norms, determinants, alignment.
 *
 * <p>Knows {@link org.noisescape.linop.LinearOperator} only, nothing of networks or data. Every
 * result carries a residual or a standard error, whether it converged, and the products it took.
 * Vectors are rows of engine tensors reserved beforehand; small projected matrices are Java arrays
 * in float64.
 *
 * @since 0.1
 */
package org.noisescape.krylov;
