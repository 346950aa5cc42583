/**
 * Experiments of Wei and Schwab, "How noise affects the Hessian spectrum in overparameterized
 * neural networks".
 */
package org.noisescape.experiments.wei;
