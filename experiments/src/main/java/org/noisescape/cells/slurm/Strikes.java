package org.noisescape.cells.slurm;

import java.util.HashMap;
import java.util.Map;
import org.noisescape.cells.CellTask;

/** In how many arrays in a row a cell has come no further. */
final class Strikes {
  /** Arrays in a row in which a cell may come no further. */
  static final int MOST = 2;

  private final Map<String, String> marks = new HashMap<>();
  private final Map<String, Integer> strikes = new HashMap<>();

  /** A cell goes into an array. */
  void begins(CellTask task) {
    marks.put(task.name(), Progress.of(task.folder()));
  }

  /**
   * Whether a cell that was cut off may go into another array.
   *
   * @param fair whether one that did not begin was merely not reached
   */
  boolean mayGoOn(CutCell cut, boolean fair) {
    String name = cut.task().name();
    // of the array of another process one does not know how far it was before
    boolean known = marks.containsKey(name);
    String mark = Progress.of(cut.task().folder());
    if (!known || !mark.equals(marks.get(name)) || (!cut.begun() && fair)) {
      strikes.remove(name);
      return true;
    }
    return strikes.merge(name, 1, Integer::sum) < MOST;
  }
}
