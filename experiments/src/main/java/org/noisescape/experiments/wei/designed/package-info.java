/** {@code wei/designed-noise}: noise designed for the curved directions of a network's valley. */
package org.noisescape.experiments.wei.designed;
