package org.noisescape.cells.slurm;

import org.noisescape.cells.CellTask;

/**
 * A cell that was cut off by no fault of its own, as far as one knows.
 *
 * @param begun whether its process had begun
 * @param killed whether that was killed by SIGKILL
 * @param why in Slurm's words
 */
record CutCell(CellTask task, boolean begun, boolean killed, String why) {}
