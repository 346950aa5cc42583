/**
 * Experiments of the texts as commands, and the list of them.
 *
 * <p>A package a text lies below, in it a package an experiment, beside classes that several of the
 * text's experiments share; {@code frame} is what all share, {@code fit} the fits with error bars.
 *
 * @since 0.1
 */
package org.noisescape.experiments;
