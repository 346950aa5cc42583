package org.noisescape.cells;

import java.io.IOException;
import java.util.List;

/** Runs cells, each in a process of its own. */
@FunctionalInterface
public interface CellRunner {
  /**
   * Runs each of the cells to its end, its failure, or until it is stopped; returns when none of
   * them runs any more.
   *
   * @param watch told what becomes of each
   * @throws IllegalArgumentException in one line where it was asked for what there is not
   * @throws org.noisescape.runs.RunFailure in one line where nothing can be run
   * @throws IOException where the folder of the cells cannot be written
   */
  void run(List<CellTask> tasks, CellWatch watch) throws IOException;
}
