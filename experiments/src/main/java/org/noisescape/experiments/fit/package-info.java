/**
 * Fits with error bars and the verdict rule that experiments share.
 *
 * <p>Pure functions of arrays; randomness for resampling comes in as a key.
 *
 * @since 0.1
 */
package org.noisescape.experiments.fit;
