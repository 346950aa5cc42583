/**
 * Instruments that watch single training steps: the mini-batch, its per-sample gradients, and what
 * the step did with them.
 *
 * <p>{@link org.noisescape.instruments.Instruments} is the table of them, after Cockpit (Schneider,
 * Dangel and Hennig 2021); {@link org.noisescape.instruments.InstrumentProbe} measures those that
 * are asked for, at the end of the step that {@link org.noisescape.train.ObservedStep} saw.
 *
 * @since 0.3
 */
package org.noisescape.instruments;
