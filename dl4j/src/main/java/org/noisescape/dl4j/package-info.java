/**
 * Networks of Deeplearning4j (DL4J): read as networks here with their parameters, written as files
 * that DL4J restores, measured while DL4J trains them; its iterators as data and data here as
 * iterators of its own; its arrays over tensors of the host engine.
 *
 * <p>Where a user of DL4J begins: {@link org.noisescape.dl4j.Dl4jNetwork}, {@link
 * org.noisescape.dl4j.NoiseListener}, {@link org.noisescape.dl4j.Dl4jData} and {@link
 * org.noisescape.dl4j.TensorViews}.
 *
 * @since 0.2
 */
package org.noisescape.dl4j;
