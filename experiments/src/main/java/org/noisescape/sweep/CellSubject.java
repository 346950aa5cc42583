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
   * Requires that what a folder holds is the run of a cell, begun or done, and of no other.
   *
   * @throws org.noisescape.files.WrongFile naming the folder and the first value that differs
   */
  void requireOwn(Cell cell, Path folder);

  /**
   * The words after the program's name that run a cell in its folder, or continue it.
   *
   * @param begun whether the folder holds the beginning of the run
   */
  List<String> commandLine(Cell cell, Path folder, boolean begun);

  /** Whether cells compute in an engine, and not in Java alone. */
  boolean usesEngine();
}
