package org.noisescape.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.noisescape.cells.CellListener;
import org.noisescape.cells.CellRunner;
import org.noisescape.cells.CellState;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.Cells;

/**
 * Runs the cells of a sweep that are not done yet.
 *
 * @param folder held by this process
 * @param subject knows the words of a cell
 * @param runner runs the cells
 */
public record Sweep(SweepFolder folder, CellSubject subject, CellRunner runner) {
  /**
   * Runs what is left.
   *
   * @param stop asked before each cell, and now and then within, whether to keep what there is
   * @return all cells in their order, done in this sitting or before
   */
  public List<CellResult> run(SweepListener listener, BooleanSupplier stop) throws IOException {
    Map<String, Cell> cells = new LinkedHashMap<>();
    folder.request().cells().forEach(cell -> cells.put(cell.name(), cell));
    Cells.run(
        tasks(folder.path(), folder.request(), subject), runner, heard(cells, listener), stop);
    List<CellResult> results = new ArrayList<>();
    for (Cell cell : cells.values()) {
      results.add(CellResult.read(folder, cell));
    }
    return results;
  }

  /**
   * All cells of the sweep in a folder; where there are more than a page lists they have no report
   * each, which would take longer to draw than short cells to run.
   */
  public static List<CellTask> tasks(Path sweep, SweepRequest request, CellSubject subject) {
    List<Cell> cells = request.cells();
    boolean reported = cells.size() <= CellTables.ROWS;
    return cells.stream()
        .map(
            cell ->
                new CellTask(
                    cell.name(),
                    cell.title(),
                    SweepFolder.of(sweep, cell),
                    (run, begun) -> subject.commandLine(cell, run, begun),
                    reported))
        .toList();
  }

  private CellListener heard(Map<String, Cell> cells, SweepListener listener) {
    return new CellListener() {
      @Override
      public void ended(CellTask task, CellState state, int left) {
        listener.ended(CellResult.read(folder, cells.get(task.name())), left);
      }

      @Override
      public void counted(int pending, int running, int ended, int failed) {
        listener.counted(pending, running, ended, failed);
      }

      @Override
      public void told(String line) {
        listener.told(line);
      }
    };
  }
}
