/**
 * {@code wei/designed-noise}: noise designed for the curved directions of a network's valley.
 *
 * @since 0.1
 */
package org.noisescape.experiments.wei.designed;
