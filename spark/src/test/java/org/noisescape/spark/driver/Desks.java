package org.noisescape.spark.driver;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.plugin.DriverPlugin;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.CellWatch;
import org.noisescape.cells.JavaCommand;

/** Makes the driver's side for tests of other packages. */
public final class Desks {
  private Desks() {}

  /** A desk for cells. */
  public static DriverPlugin of(
      List<CellTask> tasks, CellWatch watch, JavaCommand java, Path incoming) {
    return new CellDesk(tasks, watch, new ProgramFiles(java), incoming, 1);
  }

  /** Says that an attempt of the first cell was lost. */
  public static void lose(DriverPlugin desk, long attempt, boolean blamed) {
    ((CellDesk) desk).lost(0, attempt, "host", LostTasks.line("exit code 137\nmore"), blamed);
  }

  /** Waits for what it still has to do. */
  public static void close(DriverPlugin desk) {
    ((CellDesk) desk).close();
  }
}
