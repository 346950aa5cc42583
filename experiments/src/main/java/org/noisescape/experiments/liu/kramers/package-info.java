/**
 * {@code liu/kramers}: escape over a barrier at large learning rates.
 *
 * @since 0.1
 */
package org.noisescape.experiments.liu.kramers;
