/**
 * Cells: processes of this program, each with a run folder of its own, wherever they run.
 *
 * <p>A {@link org.noisescape.cells.CellTask} is one of them. {@link org.noisescape.cells.Cells} has
 * those that are not done run by a {@link org.noisescape.cells.CellRunner}, here ({@link
 * org.noisescape.cells.LocalRunner}) or at another {@link org.noisescape.cells.CellPlace}, and
 * keeps in their folders what came of them. What is done is read from these folders and kept
 * nowhere else, so that everything can be killed at any point. Nothing here prints.
 *
 * @since 0.3
 */
package org.noisescape.cells;
