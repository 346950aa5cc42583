/** Experiments of Mori, Ziyin, Liu and Ueda (2022), "Power-law escape rate of SGD". */
package org.noisescape.experiments.mori;
