package org.noisescape.experiments.wei.timescales;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.report.NumberText;

/**
 * What must come out of d = |O_L/O_R − 1|: the top eigenspace settles early, all of parameter space
 * does not, and at the end they lie far apart. Each is a number a seed.
 *
 * @param threshold d that counts as stationary; 10⁻² in Yaida (2019)
 * @param early share of the run within which the top space has to settle
 * @param factor by which the deviations differ at the end
 */
record TimescaleCriterion(double threshold, double early, double factor) {
  /** Several epochs of fifty are up to ten; "far faster" is at least three times closer. */
  static final TimescaleCriterion OF_THE_TEXT = new TimescaleCriterion(0.01, 0.2, 3);

  /** Of {@link #late} in the top space. */
  Criterion settling() {
    return Criterion.atMost(threshold);
  }

  /** Of d of the full space at the end. */
  Criterion staying() {
    return Criterion.atLeast(factor * threshold);
  }

  /** Of {@link #lead}. */
  Criterion separation() {
    return Criterion.atLeast(0);
  }

  /** That the top space, late, is as far from stationarity as the full one, and no closer. */
  Criterion alike(double full) {
    return Criterion.within(full, threshold);
  }

  /** That the full space is stationary at the end as well. */
  Criterion stationary() {
    return Criterion.atMost(threshold);
  }

  /**
   * Mean of d over all measurements after the early part, NaN for none: a space that has settled
   * stays, and one low measurement says little.
   */
  double late(StationarityCurve curve) {
    double from = early * curve.last().epoch();
    return curve.points().stream()
        .filter(point -> point.epoch() >= from)
        .mapToDouble(StationarityCurve.Point::half)
        .average()
        .orElse(Double.NaN);
  }

  /** d of the full space less so many times that of the top space, at the end. */
  double lead(TimescaleResult.Seed seed) {
    return seed.full().last().half() - factor * seed.top().last().half();
  }

  /** A number a seed, on seeds − 1 degrees of freedom. */
  static PointEstimate over(
      List<TimescaleResult.Seed> seeds, ToDoubleFunction<TimescaleResult.Seed> number) {
    return PointEstimate.of(SeedMean.of(Column.of(seeds, number)));
  }

  /** The rule in words. */
  String text() {
    return String.format(
        Locale.ROOT,
        "d = |O_L/O_R - 1| over the later half of the run so far, mean over seeds. Settling: d of the"
            + " top eigenspace, averaged over all measurements after the first %.0f %% of the run, %s."
            + " Staying: at the end d of the full space, %s. Separation: at the end d of the full"
            + " space less %s times d of the top eigenspace, %s. SE: the spread over seeds. %s",
        100 * early,
        settling().text("d"),
        staying().text("d"),
        NumberText.of(factor),
        separation().text("difference"),
        Criterion.terms());
  }
}
