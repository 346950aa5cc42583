/**
 * {@code liu/depth-learning-rate}: test error against learning rate at several depths.
 *
 * @since 0.1
 */
package org.noisescape.experiments.liu.depth;
