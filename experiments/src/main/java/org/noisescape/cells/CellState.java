package org.noisescape.cells;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where a cell is. */
public enum CellState {
  /** It came to its end. */
  DONE,
  /** A training whose loss left the finite numbers: a result, which would come out again. */
  DIVERGED,
  /** Its process ended with an error; it is tried again when the sweep is resumed. */
  FAILED,
  /** Not begun, or interrupted. */
  OPEN;

  /** How many cells are where, in the order of the states; only states that some are in. */
  public static Map<CellState, Integer> counts(List<CellState> cells) {
    Map<CellState, Integer> counts = new EnumMap<>(CellState.class);
    cells.forEach(state -> counts.merge(state, 1, Integer::sum));
    return counts;
  }

  /** Counts in words: {@code 3 done, 1 failed}. */
  public static String words(Map<CellState, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** Whether nothing is left to run. */
  public boolean finished() {
    return this == DONE || this == DIVERGED;
  }
}
