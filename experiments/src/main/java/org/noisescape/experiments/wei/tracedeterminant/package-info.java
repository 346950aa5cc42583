/** {@code wei/trace-determinant}: what kind of noise lowers the trace, what the determinant. */
package org.noisescape.experiments.wei.tracedeterminant;
