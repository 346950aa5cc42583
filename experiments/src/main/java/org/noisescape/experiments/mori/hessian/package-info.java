/**
 * {@code mori/hessian-spectrum}: all eigenvalues of G of a pre-trained network.
 *
 * @since 0.1
 */
package org.noisescape.experiments.mori.hessian;
