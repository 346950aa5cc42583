/**
 * Experiments of Wei and Schwab, "How noise affects the Hessian spectrum in overparameterized
 * neural networks", a package each, and what several of them share.
 *
 * @since 0.1
 */
package org.noisescape.experiments.wei;
