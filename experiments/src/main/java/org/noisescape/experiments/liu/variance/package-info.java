/** {@code liu/variance-1d}: the stationary variance of one parameter. */
package org.noisescape.experiments.liu.variance;
