package org.noisescape.sweep;

import java.util.Locale;

/** What becomes of {@code --seeds N}. */
public enum Seeds {
  /** A training of N replicas: one program for all of them. */
  REPLICAS,
  /** The experiment's own setting {@code seeds}, which makes them replicas as well. */
  SETTING,
  /** A cell each, with the seeds that follow the first. */
  CELLS;

  /** The setting of an experiment that says how many replicas it has. */
  public static final String KEY = "seeds";

  /** The name in {@code sweep.json}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
