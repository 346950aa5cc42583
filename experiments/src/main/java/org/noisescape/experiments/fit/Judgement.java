package org.noisescape.experiments.fit;

import java.util.List;

/**
 * What a {@link Criterion} says of one or several numbers.
 *
 * @param verdict of the rule
 * @param pValue of the hypothesis that the true deviation is within the tolerance; NaN where the
 *     error is not known
 * @param degreesOfFreedom of the error; NaN where none are counted: without sampling, with an error
 *     as good as known, and with one that is not known
 * @param tolerance the deviation that is still agreement
 * @param noticed the smallest deviation that would have been seen, tolerance + t·SE
 */
public record Judgement(
    Verdict verdict, double pValue, double degreesOfFreedom, double tolerance, double noticed) {
  /** Files know no infinite number. */
  public Judgement {
    degreesOfFreedom = Double.isInfinite(degreesOfFreedom) ? Double.NaN : degreesOfFreedom;
  }

  /** Of a finding without a number, such as whether all of some points lie within a basin. */
  public static Judgement of(Verdict verdict) {
    double p =
        switch (verdict) {
          case AGREES -> 1;
          case DISAGREES -> 0;
          case INCONCLUSIVE -> Double.NaN;
        };
    return new Judgement(verdict, p, Double.NaN, Double.NaN, Double.NaN);
  }

  /**
   * Several in one: agrees if all do; disagrees if one does at the level of the rule after Holm's
   * correction for their number; else inconclusive, as without any. Tolerance and what is noticed
   * are those of the least sensitive.
   */
  public static Judgement all(List<Judgement> parts) {
    double[] adjusted = Holm.adjusted(parts.stream().mapToDouble(Judgement::pValue).toArray());
    double least = Double.NaN;
    for (double p : adjusted) {
      least = Double.isNaN(least) || p < least ? p : least;
    }
    Judgement coarsest = null;
    for (Judgement part : parts) {
      coarsest = coarsest == null || part.noticed > coarsest.noticed ? part : coarsest;
    }
    if (coarsest == null) {
      return of(Verdict.INCONCLUSIVE);
    }
    Verdict verdict = Verdict.INCONCLUSIVE;
    if (least <= Criterion.LEVEL) {
      verdict = Verdict.DISAGREES;
    } else if (parts.stream().allMatch(part -> part.verdict == Verdict.AGREES)) {
      verdict = Verdict.AGREES;
    }
    return new Judgement(
        verdict, least, coarsest.degreesOfFreedom, coarsest.tolerance, coarsest.noticed);
  }
}
