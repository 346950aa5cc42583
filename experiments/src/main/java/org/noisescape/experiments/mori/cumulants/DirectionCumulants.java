package org.noisescape.experiments.mori.cumulants;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.noisescape.dynamics.statistics.SampleCumulants;

/**
 * The law of g_μ·u over the samples, along one direction at the end of the pre-training.
 *
 * @param direction which
 * @param curvature u·Hu
 * @param mean ḡ·u
 * @param variance u·Su
 * @param skewness of the N projections
 * @param excessKurtosis of the N projections
 * @param evenRatio (Λ(s) + Λ(−s))/(s² u·Su) where s√(u·Su) is 1: 1 for Gaussian noise
 * @param failing the s√(u·Su) from which on that ratio is off by a tenth; NaN where it is not up to
 *     {@value #WIDEST}
 * @param generating Λ(s) less its linear part at the tilts {@link #tilts}
 * @param batches means of mini-batches, by B
 */
record DirectionCumulants(
    CumulantDirection direction,
    double curvature,
    double mean,
    double variance,
    double skewness,
    double excessKurtosis,
    double evenRatio,
    double failing,
    double[] generating,
    List<BatchMeans> batches) {
  /** No loss of the text's noise asks for more: the tilt at c = ∞. */
  static final double WIDEST = 2;

  private static final int HALF = 20;
  private static final int LOOKS = 200;

  static DirectionCumulants of(
      CumulantDirection direction, double curvature, double[] projections, List<BatchMeans> means) {
    SampleCumulants law = new SampleCumulants(projections);
    double deviation = Math.sqrt(law.variance());
    return new DirectionCumulants(
        direction,
        curvature,
        law.mean(),
        law.variance(),
        law.skewness(),
        law.excessKurtosis(),
        law.evenRatio(1),
        failing(law),
        Arrays.stream(tilts())
            .map(z -> law.generating(z / deviation) + z / deviation * law.mean())
            .toArray(),
        means);
  }

  /** s√(u·Su), evenly from −{@value #WIDEST} to {@value #WIDEST}. */
  static double[] tilts() {
    return IntStream.rangeClosed(-HALF, HALF).mapToDouble(i -> WIDEST * i / HALF).toArray();
  }

  private static double failing(SampleCumulants law) {
    return IntStream.rangeClosed(1, LOOKS)
        .mapToDouble(i -> WIDEST * i / LOOKS)
        .filter(z -> Math.abs(Math.log(law.evenRatio(z))) > Math.log(CumulantCriterion.FACTOR))
        .findFirst()
        .orElse(Double.NaN);
  }
}
