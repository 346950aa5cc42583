/** {@code wei/negative-eigenvalues}: the sum of negative eigenvalues against the loss. */
package org.noisescape.experiments.wei.negative;
