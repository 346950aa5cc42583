/** {@code mori/eigenmodes}: how far SGD spreads along the eigenvectors of a network's Hessian. */
package org.noisescape.experiments.mori.eigenmodes;
