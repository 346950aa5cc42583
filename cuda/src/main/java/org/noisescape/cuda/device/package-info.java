/** One GPU: its context and stream, memory, compiled kernels and recorded graphs. */
package org.noisescape.cuda.device;
