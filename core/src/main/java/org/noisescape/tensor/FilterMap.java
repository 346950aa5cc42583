package org.noisescape.tensor;

/** What {@link Pointwise#filter} makes of the sum n = c u + d m + e m₋ of an element. */
public enum FilterMap {
  /** n. */
  IDENTITY,
  /** −1, 0 or 1; not-a-number stays so. */
  SIGN,
  /** The number of [−ε, ε] that is nearest to n; not-a-number stays so. */
  CLAMP,
  /** n / (s√v + ε). */
  ROOT
}
