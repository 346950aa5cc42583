package org.noisescape.experiments.mori.critical;

import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.SlopeEstimate;
import org.noisescape.experiments.frame.Measurements;

/**
 * When the measured η_c is a predicted one, such as that of the slides, (2/(n − 2)) B/h*.
 *
 * <p>Order: rank correlation over minima ≥ {@value #RANK}. Proportionality: the log-log slope is 1
 * within {@value #SLOPE}. Size: the geometric mean of measured over predicted is 1 within a factor
 * {@value #FACTOR}. Dimension: the slope of ln(η_c h*) against ln(n − 2) is that of the prediction,
 * −1 for the slides, within {@value #SLOPE}: without it h* alone would do. Fixed before the run.
 */
final class CriticalCriterion {
  static final double RANK = 0.7;
  static final double SLOPE = 0.3;
  static final double FACTOR = 2;
  static final int LEAST_POINTS = 6;
  static final double LEAST_DECADES = 0.3;

  private static final Criterion ORDER = Criterion.atLeast(CriticalComparison.artanh(RANK));
  private static final Criterion PROPORTIONAL = Criterion.within(1, SLOPE);
  private static final Criterion SIZE = Criterion.within(0, Math.log(FACTOR));

  private CriticalCriterion() {}

  /** The four numbers held against a prediction. */
  static Measurements judged(CriticalComparison comparison, String prediction) {
    boolean enough = comparison.points() >= LEAST_POINTS;
    boolean wide = enough && comparison.decades() >= LEAST_DECADES;
    return new Measurements()
        .judged(
            "rank correlation with " + prediction,
            new PointEstimate(comparison.rank(), comparison.rankError(), Double.POSITIVE_INFINITY),
            1,
            ORDER.judge(comparison.transformedRank().provided(wide)))
        .judged(
            "log-log slope against " + prediction,
            slope(comparison.slope()).provided(wide),
            PROPORTIONAL)
        .judged(
            "ln(measured / %s)".formatted(prediction),
            PointEstimate.of(comparison.ratio()).provided(enough),
            SIZE)
        .judged(
            "slope of ln(eta_c h*) against ln(n-2), " + prediction,
            slope(comparison.dimension()).provided(enough),
            PROPORTIONAL.against(comparison.predictedDimension()));
  }

  /** Of a line through points: two of them are its own. */
  private static PointEstimate slope(SlopeEstimate line) {
    return new PointEstimate(line.slope(), line.standardError(), line.points() - 2.0);
  }

  static String text() {
    return String.format(
        Locale.ROOT,
        "against (2/(n-2)) B/h*, over all minima: rank correlation r >= %s, in artanh r with SE"
            + " 1.06/sqrt(minima - 3); log-log slope %s; %s; slope of ln(eta_c h*) against ln(n-2)"
            + " %s. Inconclusive with fewer than %d minima or, for order and slope, predictions over"
            + " less than %s decades. 2B/((B+n-2)h*) is reported, not judged. %s",
        RANK,
        PROPORTIONAL.text("slope"),
        SIZE.text("mean ln(measured/predicted)"),
        PROPORTIONAL.against(-1).text("slope"),
        LEAST_POINTS,
        LEAST_DECADES,
        Criterion.terms());
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
