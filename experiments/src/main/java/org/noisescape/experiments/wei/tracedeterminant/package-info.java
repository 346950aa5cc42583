/**
 * {@code wei/trace-determinant}: what kind of noise lowers the trace, what the determinant.
 *
 * @since 0.1
 */
package org.noisescape.experiments.wei.tracedeterminant;
