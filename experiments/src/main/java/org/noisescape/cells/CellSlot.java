package org.noisescape.cells;

import java.util.List;
import java.util.Map;

/**
 * Where one cell at a time runs on this machine.
 *
 * @param name for people; empty where slots do not differ
 * @param environment what a process there has in its environment
 * @param before words before those that start the process
 */
public record CellSlot(String name, Map<String, String> environment, List<String> before) {
  /** A slot like any other. */
  public static final CellSlot ANY = new CellSlot("", Map.of(), List.of());

  /** Copies the collections. */
  public CellSlot {
    environment = Map.copyOf(environment);
    before = List.copyOf(before);
  }
}
