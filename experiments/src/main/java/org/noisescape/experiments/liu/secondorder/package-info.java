/**
 * {@code liu/second-order}: stationary fluctuations of damped Newton and of the natural gradient.
 *
 * @since 0.1
 */
package org.noisescape.experiments.liu.secondorder;
