/** {@code liu/distribution-2d}: the stationary distribution of two parameters. */
package org.noisescape.experiments.liu.distribution;
