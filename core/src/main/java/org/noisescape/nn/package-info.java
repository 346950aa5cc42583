/**
 * Layers and networks: what a model computes, and the derivative rules of each layer.
 *
 * <p>A {@link org.noisescape.nn.Layer} is a description without memory. Bound to an engine it
 * becomes a {@link org.noisescape.nn.BoundLayer}, which knows the derivative rules and nothing of
 * the quantities made from them: forward and backward, per-sample norms and products, and for K
 * tangents at once tangent, backwardTangent and pullback. {@link org.noisescape.nn.BatchStatistics}
 * says where batch normalisations take mean and variance from; their running statistics lie beside
 * θ.
 *
 * <p>A new layer is one new file that implements {@code Layer}; a new architecture is one entry of
 * {@link org.noisescape.nn.ModelZoo}. Legend: R replicas, N samples, P parameters, θ (R, P),
 * activations (R, N, D), images channels-last; a bar marks a cotangent.
 *
 * @since 0.1
 */
package org.noisescape.nn;
