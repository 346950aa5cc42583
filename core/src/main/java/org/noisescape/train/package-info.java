/**
 * Training: the only place where θ changes.
 *
 * <p>{@link org.noisescape.train.Trainer} runs a recorded step, emits {@link
 * org.noisescape.train.TrainingEvent}s, lets {@link org.noisescape.train.Probe}s measure on their
 * schedules and writes checkpoints, from which a run resumes bit for bit. Nothing here prints.
 *
 * @since 0.1
 */
package org.noisescape.train;
