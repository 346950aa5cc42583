/**
 * {@code liu/bayes-rate}: the learning rate at which SGD samples the posterior best.
 *
 * @since 0.1
 */
package org.noisescape.experiments.liu.bayes;
