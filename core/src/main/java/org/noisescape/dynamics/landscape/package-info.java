/**
 * Losses given as formulas, with exact gradients and Hessians, and models of the gradient's noise.
 *
 * <p>A {@link org.noisescape.dynamics.landscape.Landscape} is stateless, so that threads share it;
 * a {@link org.noisescape.dynamics.landscape.LandscapeNoise} binds to one and gives each thread a
 * source of noisy gradients. One landscape or noise is one file.
 *
 * @since 0.1
 */
package org.noisescape.dynamics.landscape;
