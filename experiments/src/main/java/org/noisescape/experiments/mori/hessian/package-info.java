/** {@code mori/hessian-spectrum}: all eigenvalues of G of a pre-trained network. */
package org.noisescape.experiments.mori.hessian;
