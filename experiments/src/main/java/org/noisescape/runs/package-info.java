/**
 * One training run on disk: its configuration, its folder, and the session that trains and resumes.
 *
 * <p>{@link org.noisescape.runs.TrainConfiguration} is everything a run takes, echoed whole into
 * the folder; {@link org.noisescape.runs.RunDirectory} is the only place that knows the layout of
 * that folder; {@link org.noisescape.runs.TrainingSession} wires data, engine and trainer together.
 * Nothing here prints.
 *
 * @since 0.1
 */
package org.noisescape.runs;
