/** {@code mori/stationary}: the stationary distribution is a power of the loss. */
package org.noisescape.experiments.mori.stationary;
