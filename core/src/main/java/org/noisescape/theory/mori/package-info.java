/**
 * Mori, Ziyin, Liu and Ueda (2022), "Logarithmic landscape and power-law escape rate of SGD", and
 * the slides of that talk.
 *
 * <p>Throughout: mean-square loss L &gt; 0, minimum L* = L(θ*), h* the Hessian's typical outlier
 * eigenvalue there, n the number of outliers, B samples a batch drawn with replacement, learning
 * rate η, time t = ηk, c = L(θˢ)/L(θ*). "Corrected" marks what is ours: the finite learning rate in
 * 1 − ηh/2.
 *
 * @since 0.1
 */
package org.noisescape.theory.mori;
