package org.noisescape.experiments.fit;

/** Whether measurement and theory agree, by a criterion fixed before the run. */
public enum Verdict {
  /** Within tolerance and error. */
  AGREES,
  /** Outside tolerance and error. */
  DISAGREES,
  /** Too few data, or too large an error, to tell. */
  INCONCLUSIVE;

  /** DISAGREES if any part does; else INCONCLUSIVE if any part is, or there is none. */
  public static Verdict all(Iterable<Verdict> parts) {
    Verdict worst = null;
    for (Verdict part : parts) {
      boolean worse =
          worst == null || part == DISAGREES || (part == INCONCLUSIVE && worst == AGREES);
      worst = worse ? part : worst;
    }
    return worst == null ? INCONCLUSIVE : worst;
  }
}
