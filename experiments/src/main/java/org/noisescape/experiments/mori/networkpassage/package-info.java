/**
 * {@code mori/first-passage-network}: first passages over a loss, for a pre-trained network.
 *
 * @since 0.1
 */
package org.noisescape.experiments.mori.networkpassage;
