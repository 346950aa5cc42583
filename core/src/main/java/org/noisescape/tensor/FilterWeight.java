package org.noisescape.tensor;

/**
 * The numbers of {@link Pointwise#filter}, in the order they have in a row of its weights: m ← a m
 * + b u, v ← p v + q u², u ← φ(c u + d m + e m₋).
 */
public enum FilterWeight {
  /** a, of the first moment before. */
  KEPT,
  /** b, of what enters the first moment. */
  ENTERING,
  /** c, of u itself. */
  DIRECT,
  /** d, of the first moment after. */
  MOMENT,
  /** e, of the first moment before. */
  FORMER,
  /** p, of the second moment before. */
  SQUARE_KEPT,
  /** q, of the square that enters the second moment. */
  SQUARE_ENTERING,
  /** s, of the root of the second moment. */
  ROOT,
  /** ε, beside that root; the bound of {@link FilterMap#CLAMP}. */
  BOUND;

  /** How many there are. */
  public static final int COUNT = values().length;

  /** Its place in a row. */
  public int at() {
    return ordinal();
  }
}
