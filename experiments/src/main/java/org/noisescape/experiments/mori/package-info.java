/**
 * Experiments of Mori, Ziyin, Liu and Ueda (2022), "Power-law escape rate of SGD", a package each,
 * and what several of them share.
 */
package org.noisescape.experiments.mori;
