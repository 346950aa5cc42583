package org.noisescape.experiments.mori.hessian;

import java.util.List;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.mori.HessianPoint;

/**
 * When a pre-trained network's spectrum is that of the text.
 *
 * <p>Structure, in every preset and for every seed: few outliers, n ≤ P/{@value #FEWEST_SHARE};
 * they stand out, λ₁ ≥ {@value #GAP} times the median of the min(N, P) eigenvalues that can be
 * nonzero; and G is H where it matters (Eqs. 10, 11), |λ₁(H)/λ₁(G) − 1| ≤ {@value #HESSIAN}.
 * Values, at the sizes of the text: its one run is a draw from the distribution over seeds, so that
 * it lies within two standard errors of prediction, s √(1 + 1/R), of the mean over ours, and within
 * {@value #VALUE} for what the text leaves open. Fixed before the run.
 */
final class HessianCriterion {
  static final double FEWEST_SHARE = 100;
  static final double GAP = 100;
  static final double HESSIAN = 0.1;
  static final double VALUE = 0.1;
  static final double TEXT_LOSS = 0.035;
  static final double TEXT_LARGEST = 95.6;
  static final double TEXT_DIMENSION = 12.7;

  private static final double STANDARD_ERRORS = 2;
  private static final double LARGEST_SPREAD = 1.0 / 3;

  private HessianCriterion() {}

  /** Whether the numbers of the text are judged. */
  static boolean judgesValues(Preset preset) {
    return preset != Preset.QUICK;
  }

  static Verdict fewOutliers(List<HessianPoint> seeds) {
    return all(
        seeds.stream().allMatch(s -> s.effectiveDimension() <= s.parameters() / FEWEST_SHARE));
  }

  static Verdict standOut(List<HessianPoint> seeds) {
    return all(seeds.stream().allMatch(s -> s.largest() >= GAP * s.median()));
  }

  static Verdict hessian(List<HessianPoint> seeds) {
    if (!seeds.stream().allMatch(HessianPoint::hessianConverged)) {
      return Verdict.INCONCLUSIVE;
    }
    return all(seeds.stream().allMatch(s -> Math.abs(s.hessianRatio() - 1) <= HESSIAN));
  }

  /** Judges a number of the text by ours over seeds. */
  static Verdict value(SeedMean ours, double text) {
    if (ours.seeds() < 2 || !(ours.deviation() <= LARGEST_SPREAD * text)) {
      return Verdict.INCONCLUSIVE;
    }
    double allowed = VALUE * text + STANDARD_ERRORS * ours.predictionError();
    return all(Math.abs(ours.mean() - text) <= allowed);
  }

  static String text(Preset preset) {
    String structure =
        ("for every seed: effective dimension n (Eq. 44) <= P/%.0f; lambda_1 of G >= %.0f x the"
                + " median of its min(N, P) eigenvalues that can be nonzero; |lambda_1(H)/lambda_1(G) - 1| <= %s, inconclusive if Lanczos did not"
                + " converge. ")
            .formatted(FEWEST_SHARE, GAP, HESSIAN);
    String values =
        ("L, lambda_1 and n of the text (%s, %s, %s): |mean over seeds - text| <= %s text + 2 s"
                + " sqrt(1 + 1/R), s the standard deviation over R seeds; inconclusive if R < 2 or s >"
                + " text/3. ")
            .formatted(TEXT_LOSS, TEXT_LARGEST, TEXT_DIMENSION, VALUE);
    return structure
        + (judgesValues(preset) ? values : "The numbers of the text are not judged at this size. ")
        + "Overall: disagrees if any does, agrees if all do.";
  }

  private static Verdict all(boolean good) {
    return good ? Verdict.AGREES : Verdict.DISAGREES;
  }
}
