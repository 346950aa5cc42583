package org.noisescape.experiments.mori.critical;

import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Estimate;
import org.noisescape.experiments.fit.Verdict;

/**
 * When the measured η_c is that of the slides, (2/(n − 2)) B/h*.
 *
 * <p>Order: rank correlation over minima ≥ {@value #RANK}; inconclusive while that is within
 * {@value #STANDARD_ERRORS} standard errors above a smaller one. Proportionality: the log-log slope
 * is 1 within {@value #SLOPE}. Size: the geometric mean of measured over predicted is 1 within a
 * factor {@value #FACTOR}. Which prediction is nearest is reported, not judged. Fixed before the
 * run.
 */
final class CriticalCriterion {
  static final double RANK = 0.7;
  static final double SLOPE = 0.3;
  static final double FACTOR = 2;
  static final int LEAST_POINTS = 6;
  static final double LEAST_DECADES = 0.3;

  private static final double STANDARD_ERRORS = 2;
  private static final Criterion PROPORTIONAL = Criterion.within(1, SLOPE);

  private CriticalCriterion() {}

  private static boolean suffices(CriticalComparison slides) {
    return slides.points() >= LEAST_POINTS && slides.decades() >= LEAST_DECADES;
  }

  static Verdict order(CriticalComparison slides) {
    if (!suffices(slides)) {
      return Verdict.INCONCLUSIVE;
    }
    if (slides.rank() >= RANK) {
      return Verdict.AGREES;
    }
    return slides.rankUpTo(STANDARD_ERRORS) < RANK ? Verdict.DISAGREES : Verdict.INCONCLUSIVE;
  }

  static Verdict proportional(CriticalComparison slides) {
    return suffices(slides)
        ? PROPORTIONAL
            .judge(
                new Estimate(
                    slides.slope().slope(), slides.slope().standardError(), slides.points() - 2))
            .verdict()
        : Verdict.INCONCLUSIVE;
  }

  static Verdict size(CriticalComparison slides) {
    double error = slides.ratio().standardError();
    double tolerance = Math.log(FACTOR);
    if (slides.points() < LEAST_POINTS || !(error <= tolerance)) {
      return Verdict.INCONCLUSIVE;
    }
    return Math.abs(slides.ratio().mean()) <= tolerance + STANDARD_ERRORS * error
        ? Verdict.AGREES
        : Verdict.DISAGREES;
  }

  static String text() {
    return String.format(
        Locale.ROOT,
        "against (2/(n-2)) B/h*, over all minima: rank correlation >= %s, inconclusive if"
            + " smaller by less than %.0f SE; log-log slope %s; |mean ln(measured/predicted)|"
            + " <= ln %.0f + %.0f SE. Inconclusive with fewer than %d minima or, for order and"
            + " slope, predictions over less than %s decades. Overall: disagrees if any does,"
            + " agrees if all do. Which prediction is nearest is not judged.",
        RANK,
        STANDARD_ERRORS,
        PROPORTIONAL.text("slope"),
        FACTOR,
        STANDARD_ERRORS,
        LEAST_POINTS,
        LEAST_DECADES);
  }

  /** What is said behind the rule of minima that cannot be compared. */
  static String leftOut(List<CriticalPoint> points) {
    StringBuilder text = new StringBuilder();
    long high = points.stream().filter(p -> !p.found()).count();
    long censored = points.stream().filter(p -> p.found() && p.censored() > 0).count();
    long other = points.stream().filter(p -> !p.usable()).count() - high - censored;
    if (high > 0) {
      text.append(
          " Left out: %d minima so high that a jump would end above the loss of the output 0."
              .formatted(high));
    }
    if (censored > 0) {
      text.append(
          " Left out: %d minima with a replica that had not jumped when its ramp ended."
              .formatted(censored));
    }
    if (other > 0) {
      text.append(
          " Left out: %d minima whose h* did not converge or whose n is at most 2."
              .formatted(other));
    }
    return text.toString();
  }
}
