/** {@code liu/approximation-error}: training loss that stationary noise costs. */
package org.noisescape.experiments.liu.approximation;
