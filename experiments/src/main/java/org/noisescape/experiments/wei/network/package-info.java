/**
 * {@code wei/network-valley}: the theorems on the valley of minima of a small smooth network.
 *
 * @since 0.1
 */
package org.noisescape.experiments.wei.network;
