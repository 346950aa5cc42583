/** {@code mori/first-passage-network}: first passages over a loss, for a pre-trained network. */
package org.noisescape.experiments.mori.networkpassage;
