package org.noisescape.sweep;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.noisescape.cells.CellFolder;

/**
 * Measures what the process of a sweep does for each of its cells: no test, but the program that
 * docs/scaling.md has its numbers from.
 */
final class CellCosts {
  private static final int ROUNDS = 5;

  private CellCosts() {}

  /** Argument: folder of a finished sweep of trainings, whose reports are drawn anew. */
  public static void main(String[] arguments) {
    Path sweep = Path.of(arguments[0]);
    List<Cell> cells = SweepFolder.read(sweep).cells();
    List<CellFolder> folders = cells.stream().map(cell -> SweepFolder.of(sweep, cell)).toList();
    measure("state of a cell by its files", folders, folder -> folder.state().finished());
    measure("its report drawn", folders.subList(0, Math.min(50, folders.size())), CellCosts::draw);
    measure("last sign of life", folders, CellFolder::lastWritten);
  }

  private static void draw(CellFolder folder) {
    try {
      Files.deleteIfExists(folder.report());
      folder.drawReport();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void measure(String what, List<CellFolder> folders, Consumer<CellFolder> work) {
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      folders.forEach(work);
      double each = (System.nanoTime() - start) * 1e-6 / folders.size();
      System.out.printf(
          Locale.ROOT, "%s, round %d: %.3f ms (n = %d)%n", what, round + 1, each, folders.size());
    }
  }
}
