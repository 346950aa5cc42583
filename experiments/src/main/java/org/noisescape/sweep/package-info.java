/**
 * Grids over the settings of an experiment, or of plain training, cell by cell.
 *
 * <p>{@link org.noisescape.sweep.SweepRequest} is what was asked for, {@link
 * org.noisescape.sweep.Sweep} does the cells that are not done yet, each in a process of its own
 * ({@link org.noisescape.cells.CellProcess}) and in an ordinary run folder, and {@link
 * org.noisescape.sweep.SweepReport} shows all of them. What is done is read from the folders of the
 * cells and kept nowhere else, so that a sweep can be killed at any point. Nothing here prints.
 *
 * @since 0.1
 */
package org.noisescape.sweep;
