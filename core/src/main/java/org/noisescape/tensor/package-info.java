/**
 * The tensor core: one service-provider interface for arithmetic, implemented by the engines.
 *
 * <p>An {@link org.noisescape.tensor.Engine} owns memory and arithmetic, split into families:
 * {@link org.noisescape.tensor.LinearAlgebra}, {@link org.noisescape.tensor.Convolution}, {@link
 * org.noisescape.tensor.Pointwise}, {@link org.noisescape.tensor.Tangents}, {@link
 * org.noisescape.tensor.Reduction}, {@link org.noisescape.tensor.RandomFill}, {@link
 * org.noisescape.tensor.Indexing}. Each family checks shapes once in its public methods and leaves
 * the arithmetic to protected methods that an engine implements. Every operation writes into
 * tensors of the caller; none allocates after its first call.
 *
 * <p>Index legend: R replicas, N samples of a batch, M rows, D features, H/W image height and
 * width, C channels, K outputs, P parameters. Every tensor has the replica axis first; images are
 * channels-last, (R, N, H, W, C).
 *
 * <p>Imports nothing of this project but {@code random}. Engines are found by {@link
 * java.util.ServiceLoader} and imported by nobody.
 *
 * @since 0.1
 */
package org.noisescape.tensor;
