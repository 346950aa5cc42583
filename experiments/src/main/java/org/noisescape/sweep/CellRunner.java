package org.noisescape.sweep;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Runs a cell to its end, its failure, or until it is stopped. */
@FunctionalInterface
public interface CellRunner {
  /**
   * Runs a cell; called on several threads at once.
   *
   * @param folder of the cell: prepared, and of no other process
   * @param stop asked now and then whether the cell is to keep what it has and end
   * @return exit code, and what the folder holds says the rest
   * @throws IOException where it cannot even begin
   */
  int run(Cell cell, CellFolder folder, BooleanSupplier stop) throws IOException;
}
