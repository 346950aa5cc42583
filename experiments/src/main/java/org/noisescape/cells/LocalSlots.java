package org.noisescape.cells;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noisescape.tensor.ComputeDevice;

/** Where cells of a sweep run on this machine. */
public final class LocalSlots {
  private LocalSlots() {}

  /**
   * Slots for cells on devices, or on processors.
   *
   * @param jobs cells at once
   * @param threads CPU threads of a cell
   * @param devices of the engine; several cells share one where there are fewer
   */
  public static List<CellSlot> of(int jobs, int threads, List<ComputeDevice> devices) {
    Processors known =
        hasTaskset(System.getenv().getOrDefault("PATH", ""))
            ? Processors.ofThisMachine()
            : new Processors(List.of());
    return of(jobs, threads, devices, known);
  }

  static List<CellSlot> of(
      int jobs, int threads, List<ComputeDevice> devices, Processors processors) {
    // where cells fill the machine each has processors of its own; else the system knows better
    // which are free
    boolean pinned = jobs > 1 && (long) jobs * threads == processors.order().size();
    List<CellSlot> slots = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      List<String> before = pinned ? processors.words(i, threads) : List.of();
      if (devices.isEmpty()) {
        slots.add(new CellSlot("", Map.of(), before));
      } else {
        ComputeDevice device = devices.get(i % devices.size());
        slots.add(new CellSlot(device.name(), device.environment(), before));
      }
    }
    return slots;
  }

  private static boolean hasTaskset(String path) {
    for (String folder : path.split(":")) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "taskset"))) {
        return true;
      }
    }
    return false;
  }
}
