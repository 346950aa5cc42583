/**
 * Meng, Gong, Chen, Ma and Liu (2020), "Dynamic of stochastic gradient descent with state-dependent
 * noise".
 *
 * <p>Throughout: dw = −L′ dt + √(ηD) dB, D(w) = σ + ρ(w − w*)² near a minimum of curvature h, or
 * D(w) = σ + μ(L(w) − L(a)) on the whole path of escape, which is the same near a for μ = 2ρ/h; κ =
 * ηρ/h = ημ/2. The text writes its densities and escape times in the interpretation of Hänggi and
 * Klimontovich, while the iteration it describes is Itô's: both are here. Methods named {@code
 * literal…} are what the text prints where that does not hold.
 *
 * @since 0.1
 */
package org.noisescape.theory.meng;
