package org.noisescape.cells.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Measures what Slurm adds to short cells: no test, but a program for a Slurm that is there ({@code
 * SLURM_CONF}), as docs/clusters.md has its results.
 */
final class SlurmOverhead {
  private SlurmOverhead() {}

  /**
   * Arguments: number of cells, what each does in shell ({@code sleep 1}), options of the place.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("overhead");
    StandInCells cells = new StandInCells(folder, System.getenv());
    int number = Integer.parseInt(arguments[0]);
    for (int i = 1; i <= number; i++) {
      cells.add(String.format(Locale.ROOT, "%04d", i), arguments[1] + "; done_");
    }
    long start = System.nanoTime();
    cells.run(arguments[2], new Pace());
    System.out.printf(
        Locale.ROOT, "%d cells in %.1f s%n", cells.ends.size(), (System.nanoTime() - start) / 1e9);
    cells.lines().forEach(System.out::println);
  }
}
