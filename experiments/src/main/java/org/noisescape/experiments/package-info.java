/**
 * Experiments of the texts as commands: what one is, its request and outcome, and the list of them.
 *
 * <p>One package a text lies below; each experiment writes its data, figures, an outcome with a
 * verdict and a report into its run folder.
 */
package org.noisescape.experiments;
