/**
 * Fits with error bars and the verdict rule that experiments share.
 *
 * <p>Pure functions of arrays; randomness for resampling comes in as a key.
 */
package org.noisescape.experiments.fit;
