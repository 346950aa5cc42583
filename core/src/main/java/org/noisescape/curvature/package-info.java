/**
 * Hessian, Gauss–Newton matrix and gradient covariance of a network's risk as linear operators and
 * Gram matrices.
 *
 * <p>{@link org.noisescape.curvature.Curvature} is the way in: it binds a network to a data set,
 * moves to a θ and hands out operators for {@code krylov}.
 *
 * @since 0.1
 */
package org.noisescape.curvature;
