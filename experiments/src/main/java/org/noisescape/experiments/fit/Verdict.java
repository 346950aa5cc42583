package org.noisescape.experiments.fit;

/** Whether measurement and theory agree, by a criterion fixed before the run. */
public enum Verdict {
  /** Within tolerance and error. */
  AGREES,
  /** Outside tolerance and error. */
  DISAGREES,
  /** Too few data, or too large an error, to tell. */
  INCONCLUSIVE
}
