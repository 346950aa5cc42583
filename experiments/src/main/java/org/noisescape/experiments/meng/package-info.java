/**
 * Experiments of Meng, Gong, Chen, Ma and Liu (2020), "Dynamic of SGD with state-dependent noise",
 * a package each.
 *
 * @since 0.1
 */
package org.noisescape.experiments.meng;
