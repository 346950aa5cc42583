/** {@code liu/momentum}: the learning rate at which the variance with momentum diverges. */
package org.noisescape.experiments.liu.momentum;
