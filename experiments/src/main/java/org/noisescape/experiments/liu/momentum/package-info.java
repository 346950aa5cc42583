/**
 * {@code liu/momentum}: the learning rate at which the variance with momentum diverges.
 *
 * @since 0.1
 */
package org.noisescape.experiments.liu.momentum;
