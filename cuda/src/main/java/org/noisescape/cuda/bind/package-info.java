/**
 * Functions of the CUDA driver, NVRTC, cuBLAS and cuDNN by {@code java.lang.foreign}: found in a
 * list of folders, looked up on first use, every status checked.
 *
 * @since 0.1
 */
package org.noisescape.cuda.bind;
