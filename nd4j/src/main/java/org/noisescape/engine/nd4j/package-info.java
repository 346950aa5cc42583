/**
 * The {@code nd4j} engine: every operation through ND4J's public array operations, on whatever ND4J
 * backend is on the class path.
 *
 * <p>It is the reference that the other engines are measured against, and the only engine for GPUs
 * of compute capability below 7.5. Float32 sums are accumulated in float64. Found by {@link
 * java.util.ServiceLoader} and imported by nobody.
 *
 * @since 0.1
 */
package org.noisescape.engine.nd4j;
