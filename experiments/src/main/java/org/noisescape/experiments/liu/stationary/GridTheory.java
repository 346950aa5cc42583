package org.noisescape.experiments.liu.stationary;

import java.util.List;

/** What a grid is held against: the theory first, then its rivals. */
public enum GridTheory {
  /** Discrete time, with the mini-batch noise of the data where there is one. */
  EXACT,
  /** What was there before the text, such as continuous time. */
  EARLIER,
  /** Discrete time as the text has it. */
  TEXT;

  /** Those that have to fail where they differ from the exact one. */
  static final List<GridTheory> RIVALS = List.of(EARLIER, TEXT);

  /**
   * Its name.
   *
   * @param earlier that of the theory before the text
   */
  String label(String earlier) {
    return switch (this) {
      case EXACT -> "discrete theory";
      case EARLIER -> earlier;
      case TEXT -> "the text's formula";
    };
  }
}
