/**
 * {@code wei/timescales}: the top eigenspace relaxes before the full space.
 *
 * @since 0.1
 */
package org.noisescape.experiments.wei.timescales;
