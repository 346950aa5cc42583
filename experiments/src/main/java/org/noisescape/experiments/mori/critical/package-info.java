/**
 * {@code mori/critical-learning-rate}: the learning rate at which SGD leaves a minimum.
 *
 * @since 0.1
 */
package org.noisescape.experiments.mori.critical;
