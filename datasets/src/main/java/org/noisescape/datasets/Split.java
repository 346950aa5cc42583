package org.noisescape.datasets;

/** The two parts of a data set. */
public enum Split {
  /** Used for gradients. */
  TRAIN,
  /** Used for accuracy only. */
  TEST
}
