package org.noisescape.experiments.wei.timescales;

import java.util.Locale;
import org.noisescape.experiments.fit.Verdict;

/**
 * What must come out: the top eigenspace settles early, all of parameter space does not, and at the
 * end they lie far apart.
 *
 * @param threshold |O_L/O_R − 1| that counts as stationary; 10⁻² in Yaida (2019)
 * @param early share of the run within which the top space has to settle
 * @param factor by which the deviations differ at the end
 */
record TimescaleCriterion(double threshold, double early, double factor) {
  private static final double ERRORS = 2;

  /** Several epochs of fifty are up to ten; "far faster" is at least three times closer. */
  static final TimescaleCriterion OF_THE_TEXT = new TimescaleCriterion(0.01, 0.2, 3);

  /** The top space settles within the first part of the run. */
  Verdict settling(StationarityCurve top) {
    double last = top.last().epoch();
    if (Double.isNaN(last) || Double.isNaN(top.last().halfError())) {
      return Verdict.INCONCLUSIVE;
    }
    return top.settles(threshold, ERRORS) <= early * last ? Verdict.AGREES : Verdict.DISAGREES;
  }

  /** All of parameter space stays away from stationarity up to the end. */
  Verdict staying(StationarityCurve full) {
    StationarityCurve.Point last = full.last();
    if (Double.isNaN(last.halfError())) {
      return Verdict.INCONCLUSIVE;
    }
    if (last.half() - ERRORS * last.halfError() > factor * threshold) {
      return Verdict.AGREES;
    }
    return last.half() + ERRORS * last.halfError() <= factor * threshold
        ? Verdict.DISAGREES
        : Verdict.INCONCLUSIVE;
  }

  /** At the end the full space is farther away by the factor, errors counted. */
  Verdict separation(StationarityCurve full, StationarityCurve top) {
    StationarityCurve.Point far = full.last();
    StationarityCurve.Point near = top.last();
    double least = far.half() - ERRORS * far.halfError();
    double most = near.half() + ERRORS * near.halfError();
    if (least >= factor * most) {
      return Verdict.AGREES;
    }
    return far.half() + ERRORS * far.halfError()
            < factor * (near.half() - ERRORS * near.halfError())
        ? Verdict.DISAGREES
        : Verdict.INCONCLUSIVE;
  }

  /** The rule in words. */
  String text() {
    return String.format(
        Locale.ROOT,
        "d = |O_L/O_R - 1| over the later half of the run so far. Settling: from some measurement in"
            + " the first %.0f %% of the run on, d of the top eigenspace stays <= %s + %.0f SE."
            + " Staying: at the end d of the full space > %s by %.0f SE. Separation: at the end d of"
            + " the full space, less %.0f SE, is at least %s times d of the top eigenspace, plus"
            + " %.0f SE; disagrees if it is less with the errors the other way round. Overall:"
            + " disagrees if any does, agrees if all do.",
        100 * early,
        threshold,
        ERRORS,
        factor * threshold,
        ERRORS,
        ERRORS,
        factor,
        ERRORS);
  }
}
