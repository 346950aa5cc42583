/**
 * {@code wei/trace-rate}: the rate at which SGD lowers the trace of the Hessian.
 *
 * @since 0.1
 */
package org.noisescape.experiments.wei.tracerate;
