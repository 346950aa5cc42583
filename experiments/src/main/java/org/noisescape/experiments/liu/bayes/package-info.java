/** {@code liu/bayes-rate}: the learning rate at which SGD samples the posterior best. */
package org.noisescape.experiments.liu.bayes;
