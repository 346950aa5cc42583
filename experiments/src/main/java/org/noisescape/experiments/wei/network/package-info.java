/** {@code wei/network-valley}: the theorems on the valley of minima of a small smooth network. */
package org.noisescape.experiments.wei.network;
