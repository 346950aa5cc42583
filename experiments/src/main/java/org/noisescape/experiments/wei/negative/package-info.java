/**
 * {@code wei/negative-eigenvalues}: the sum of negative eigenvalues against the loss.
 *
 * @since 0.1
 */
package org.noisescape.experiments.wei.negative;
