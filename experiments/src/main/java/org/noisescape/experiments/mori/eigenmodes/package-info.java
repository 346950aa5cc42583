/**
 * {@code mori/eigenmodes}: how far SGD spreads along the eigenvectors of a network's Hessian.
 *
 * @since 0.1
 */
package org.noisescape.experiments.mori.eigenmodes;
