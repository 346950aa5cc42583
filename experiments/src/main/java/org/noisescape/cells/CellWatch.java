package org.noisescape.cells;

import java.util.List;

/** What a {@link CellRunner} says of its cells, and asks; any thread may. */
public interface CellWatch {
  /**
   * A process of a cell is about to begin: makes the folder ready and forgets an earlier failure.
   *
   * @return false where there is nothing to begin: it is done meanwhile, its folder cannot be used,
   *     or all is to stop
   */
  boolean begins(CellTask task);

  /**
   * The process of a cell is gone; what it left is in its folder and its log.
   *
   * @param exit its exit code, 128 + the number of a signal that ended it
   */
  void ended(CellTask task, int exit);

  /**
   * The process of a cell is gone, and the runner knows more of it than the log.
   *
   * @param exit its exit code, or -1
   * @param lines the last of them with {@code error: } before it says why
   */
  void failed(CellTask task, int exit, List<String> lines);

  /** A cell was cut off by no fault of its own: it is neither done nor failed. */
  void interrupted(CellTask task);

  /**
   * How many cells wait, and how many run.
   *
   * @param pending not begun in this sitting, or waiting to go on
   * @param running now
   */
  void counted(int pending, int running);

  /** Something worth a line of its own. */
  void told(String line);

  /** Whether the cells are to keep what they have and end. */
  boolean stopped();
}
