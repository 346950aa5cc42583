/**
 * Symmetric linear operators on parameter space, known by their products with vectors, and dense
 * symmetric matrices.
 *
 * <p>{@link org.noisescape.linop.LinearOperator} is all that the Krylov methods know of a Hessian.
 * Imports {@code tensor} and {@code random} only.
 *
 * @since 0.1
 */
package org.noisescape.linop;
