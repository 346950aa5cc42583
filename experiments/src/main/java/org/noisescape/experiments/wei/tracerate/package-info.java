/** {@code wei/trace-rate}: the rate at which SGD lowers the trace of the Hessian. */
package org.noisescape.experiments.wei.tracerate;
