/** {@code mori/critical-learning-rate}: the learning rate at which SGD leaves a minimum. */
package org.noisescape.experiments.mori.critical;
