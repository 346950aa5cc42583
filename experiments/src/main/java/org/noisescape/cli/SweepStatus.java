package org.noisescape.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noisescape.cells.CellFolder;
import org.noisescape.cells.CellState;
import org.noisescape.sweep.Cell;
import org.noisescape.sweep.SweepFolder;
import org.noisescape.sweep.SweepRequest;

/** {@code sweep --status}: how far a sweep is, by what its folder holds. */
final class SweepStatus {
  private final Console console;
  private final Path folder;

  SweepStatus(Console console, Path folder) {
    this.console = console;
    this.folder = folder;
  }

  /**
   * Prints it.
   *
   * @return exit code: fine where no cell failed or diverged
   */
  int print() {
    SweepRequest request = SweepFolder.read(folder);
    Path sweep = folder.toAbsolutePath().normalize();
    List<CellState> states = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    int begun = 0;
    List<Cell> cells = request.cells();
    for (Cell cell : cells) {
      CellFolder place = SweepFolder.of(sweep, cell);
      CellState state = place.state();
      states.add(state);
      if (state == CellState.FAILED) {
        lines.add("  failed   %s: %s".formatted(cell.title(), place.failure().reason()));
      } else if (state == CellState.OPEN && place.begun()) {
        begun++;
        lines.add("  begun    %s: last written %s".formatted(cell.title(), place.lastWritten()));
      }
    }
    Map<CellState, Integer> counts = CellState.counts(states);
    console
        .out()
        .printf(
            "sweep      %s: %d cells, %s%s%n",
            request.subject(),
            cells.size(),
            CellState.words(counts),
            begun == 0 ? "" : " (" + begun + " of them begun)");
    lines.forEach(console.out()::println);
    boolean bad = counts.containsKey(CellState.FAILED) || counts.containsKey(CellState.DIVERGED);
    return bad ? CommandRunner.FAILED : CommandRunner.FINE;
  }
}
