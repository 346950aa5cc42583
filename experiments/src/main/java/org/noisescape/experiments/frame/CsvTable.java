package org.noisescape.experiments.frame;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.noisescape.files.WholeFile;

/** A table of a run folder, {@code tables/NAME.csv}; cells are empty for NaN. */
public final class CsvTable {
  private static final String FOLDER = "tables";

  private final String name;
  private final int columns;
  private final StringBuilder text = new StringBuilder();

  /**
   * A table without rows.
   *
   * @param name file name without ending
   * @param columns heads
   */
  public CsvTable(String name, String... columns) {
    this.name = name;
    this.columns = columns.length;
    text.append(String.join(",", columns)).append('\n');
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException unless there is a cell for every column
   */
  public CsvTable row(Object... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          "table %s has %d columns, got %d cells".formatted(name, columns, cells.length));
    }
    text.append(
            Stream.of(cells)
                .map(cell -> cell instanceof Double d && d.isNaN() ? "" : cell.toString())
                .collect(Collectors.joining(",")))
        .append('\n');
    return this;
  }

  /** Writes it whole. */
  public void write(Path run) throws IOException {
    Path folder = WholeFile.folder(run.resolve(FOLDER));
    WholeFile.write(folder.resolve(name + ".csv"), text.toString());
  }
}
