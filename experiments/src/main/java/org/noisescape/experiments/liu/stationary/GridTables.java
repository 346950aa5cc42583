package org.noisescape.experiments.liu.stationary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.experiments.frame.CsvTable;

/** The points of a grid as a table. */
public final class GridTables {
  private GridTables() {}

  /**
   * Writes {@code tables/NAME.csv}.
   *
   * @param value name of the table and of the column of values
   */
  public static void write(Path run, String value, List<GridPoint> points) throws IOException {
    CsvTable table =
        new CsvTable(
            value,
            "learning_rate",
            "momentum",
            "batch",
            "noise",
            value,
            "standard_error",
            "theory_discrete",
            "theory_continuous",
            "theory_exact",
            "panel",
            "method",
            "quantity",
            "replicas",
            "steps");
    for (GridPoint p : points) {
      table.row(
          p.label().learningRate(),
          p.label().momentum(),
          p.label().batch() == 0 ? "" : p.label().batch(),
          p.label().noise(),
          p.value(),
          p.standardError(),
          p.text(),
          p.continuous(),
          p.exact(),
          p.label().panel(),
          p.label().method(),
          p.quantity(),
          p.replicas(),
          p.steps());
    }
    table.write(run);
  }
}
