package org.noisescape.experiments.mori.hessian;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.mori.HessianPoint;

/**
 * When a pre-trained network's spectrum is that of the text. Fixed before the run.
 *
 * <p>Structure, in every preset, of means over seeds: a few outliers carry the trace, n of Eq. 44
 * is {@value #FEW}, the "n ~ 10" of the text, within a factor {@value #FACTOR}; they stand out, the
 * median of the min(N, P) eigenvalues that can be nonzero is at most {@value #GAP} of λ₁; and G is
 * H where it matters (Eqs. 10, 11), λ₁(H)/λ₁(G) = 1 within {@value #HESSIAN}.
 *
 * <p>Values, at the sizes of the text and apart: its one run is a draw from the distribution over
 * seeds, known no better than s √(1 + 1/R) from ours; within {@value #VALUE} for what the text
 * leaves open.
 */
final class HessianCriterion {
  static final double FEW = 10;
  static final double FACTOR = 2;
  static final double GAP = 0.01;
  static final double HESSIAN = 0.1;
  static final double VALUE = 0.1;
  static final double TEXT_LOSS = 0.035;
  static final double TEXT_LARGEST = 95.6;
  static final double TEXT_DIMENSION = 12.7;

  private static final Criterion OF_DIMENSION = Criterion.factor(FEW, FACTOR);
  private static final Criterion OF_MEDIAN = Criterion.atMost(GAP);
  private static final Criterion OF_HESSIAN = Criterion.within(1, HESSIAN);

  private HessianCriterion() {}

  /** Whether the numbers of the text are judged. */
  static boolean judgesValues(Preset preset) {
    return preset != Preset.QUICK;
  }

  /** The structure of the spectra. */
  static Measurements structure(List<HessianPoint> seeds) {
    boolean converged = seeds.stream().allMatch(HessianPoint::hessianConverged);
    return dimension(seeds, OF_DIMENSION)
        .judged(
            "median nonzero eigenvalue / lambda_1",
            mean(seeds, s -> s.median() / s.largest())
                .plusError(resolution(seeds), Double.POSITIVE_INFINITY),
            OF_MEDIAN)
        .judged(
            "lambda_1(H) / lambda_1(G)",
            mean(seeds, HessianPoint::hessianRatio).provided(converged),
            OF_HESSIAN);
  }

  /** Rounding error of an eigenvalue over the largest, of a dense solver in float64. */
  private static double resolution(List<HessianPoint> seeds) {
    return Math.ulp(1.0) * Measurements.over(seeds, s -> s.eigenvalues().length).mean();
  }

  /** n held against that of another spectrum of as many eigenvalues. */
  static Measurements rival(List<HessianPoint> seeds, HessianRival rival) {
    double n = Measurements.over(seeds, s -> rival.dimension(s.eigenvalues().length)).mean();
    return dimension(seeds, OF_DIMENSION.against(n));
  }

  private static Measurements dimension(List<HessianPoint> seeds, Criterion criterion) {
    return new Measurements()
        .judged(
            "effective dimension n (Eq. 44)",
            mean(seeds, HessianPoint::effectiveDimension),
            criterion);
  }

  private static PointEstimate mean(
      List<HessianPoint> seeds, ToDoubleFunction<HessianPoint> quantity) {
    return PointEstimate.of(Measurements.over(seeds, quantity));
  }

  /** A number of the text by ours over seeds. */
  static PointEstimate prediction(SeedMean ours) {
    return new PointEstimate(ours.mean(), ours.predictionError(), ours.seeds() - 1.0);
  }

  static Criterion value(double text) {
    return Criterion.share(text, VALUE);
  }

  static String text(Preset preset) {
    String structure =
        ("means over seeds: %s for the effective dimension n (Eq. 44); median of the min(N, P)"
                + " eigenvalues of G that can be nonzero over lambda_1: %s; lambda_1(H)/lambda_1(G): %s,"
                + " inconclusive if Lanczos did not converge. ")
            .formatted(OF_DIMENSION.text("n"), OF_MEDIAN.text("ratio"), OF_HESSIAN.text("ratio"));
    String values =
        ("Apart: L, lambda_1 and n of the text (%s, %s, %s), %s with SE = s sqrt(1 + 1/R), s the"
                + " standard deviation over R seeds. ")
            .formatted(
                TEXT_LOSS,
                TEXT_LARGEST,
                TEXT_DIMENSION,
                Criterion.share(1, VALUE).text("mean", "text"));
    return structure
        + (judgesValues(preset) ? values : "The numbers of the text are not judged at this size. ")
        + Criterion.terms();
  }
}
