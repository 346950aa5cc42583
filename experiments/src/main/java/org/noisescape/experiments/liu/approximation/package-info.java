/**
 * {@code liu/approximation-error}: training loss that stationary noise costs.
 *
 * @since 0.1
 */
package org.noisescape.experiments.liu.approximation;
