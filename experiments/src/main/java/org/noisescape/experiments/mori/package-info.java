/**
 * Experiments of Mori, Ziyin, Liu and Ueda (2022), "Power-law escape rate of SGD", a package each,
 * and what several of them share.
 *
 * @since 0.1
 */
package org.noisescape.experiments.mori;
