/**
 * Experiments of Liu, Ziyin and Ueda (2021), "Stochastic Gradient Descent with Large Learning
 * Rate", a package each; {@code stationary} is what most of them share.
 *
 * @since 0.1
 */
package org.noisescape.experiments.liu;
