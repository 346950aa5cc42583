package org.noisescape.sweep;

import java.nio.file.Path;
import java.util.List;

/** What the cells of a sweep run: an experiment, or plain training. */
public interface CellSubject {
  /**
   * Looks whether cells make sense, before the first of them runs.
   *
   * @param cells those that have not begun
   * @throws IllegalArgumentException in one line where one does not, naming the cell
   */
  void check(List<Cell> cells);

  /**
   * The words after the program's name that run a cell in its folder, or continue it.
   *
   * @param begun whether the folder holds the beginning of the run
   */
  List<String> commandLine(Cell cell, Path folder, boolean begun);
}
