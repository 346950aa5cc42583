/**
 * {@code liu/second-order}: stationary fluctuations of damped Newton and of the natural gradient.
 */
package org.noisescape.experiments.liu.secondorder;
