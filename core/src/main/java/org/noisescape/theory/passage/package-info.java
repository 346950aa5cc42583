/**
 * Exact first-passage times and stationary densities of one-dimensional diffusions, by quadrature.
 *
 * <p>The oracle of the escape formulas of the texts. A {@link
 * org.noisescape.theory.passage.MarkovProcess} is a drift and a noise with its interpretation
 * ({@link org.noisescape.theory.passage.Diffusion}), or its scale and speed densities in closed
 * form ({@link org.noisescape.theory.passage.ScaleAndSpeed}). All products of exponentials are kept
 * as logarithms, so that a barrier of hundreds of kT overflows nothing.
 *
 * @since 0.1
 */
package org.noisescape.theory.passage;
