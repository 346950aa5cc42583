/**
 * One GPU: its context and stream, memory, compiled kernels and recorded graphs.
 *
 * @since 0.1
 */
package org.noisescape.cuda.device;
