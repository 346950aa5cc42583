/**
 * Cells as tasks of Slurm's job arrays, over a folder that the nodes share.
 *
 * <p>{@link org.noisescape.cells.slurm.SlurmPlace} is the way in. Beside the cells the folder then
 * has {@code slurm/array-N.sh}, what was submitted, {@code array-N.cells}, a line a cell, {@code
 * array-N.json}, by which a second process goes on following, and {@code array-N/K.out}, what task
 * K did. Slurm is asked through its commands only.
 *
 * @since 0.3
 */
package org.noisescape.cells.slurm;
