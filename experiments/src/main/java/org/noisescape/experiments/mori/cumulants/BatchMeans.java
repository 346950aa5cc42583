package org.noisescape.experiments.mori.cumulants;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;
import org.noisescape.dynamics.statistics.SampleCumulants;
import org.noisescape.random.RandomStream;

/**
 * The noise of mini-batches along one direction: means of B of the N projections, drawn without
 * replacement as SGD draws them.
 *
 * @param batch B
 * @param skewness of the means
 * @param excessKurtosis of the means
 * @param distance largest difference of their distribution function from the normal one of their
 *     mean and variance
 */
record BatchMeans(int batch, double skewness, double excessKurtosis, double distance) {
  /**
   * Draws mini-batches; every row of projections sees the same ones.
   *
   * @param projections g_μ·u of each direction (k, N)
   * @param draws mini-batches
   * @return one a row
   */
  static List<BatchMeans> draw(double[][] projections, int batch, int draws, RandomStream random) {
    int samples = projections[0].length;
    double[][] means = new double[projections.length][draws];
    int[] order = IntStream.range(0, samples).toArray();
    for (int d = 0; d < draws; d++) {
      for (int b = 0; b < batch; b++) {
        int other = b + random.nextInt(samples - b);
        int chosen = order[other];
        order[other] = order[b];
        order[b] = chosen;
        for (int k = 0; k < means.length; k++) {
          means[k][d] += projections[k][chosen] / batch;
        }
      }
    }
    return Arrays.stream(means).map(row -> of(batch, row)).toList();
  }

  private static BatchMeans of(int batch, double... means) {
    SampleCumulants cumulants = new SampleCumulants(means);
    return new BatchMeans(
        batch, cumulants.skewness(), cumulants.excessKurtosis(), distance(cumulants, means));
  }

  private static double distance(SampleCumulants cumulants, double... means) {
    NormalDistribution normal =
        new NormalDistribution(cumulants.mean(), Math.sqrt(cumulants.variance()));
    return new KolmogorovSmirnovTest().kolmogorovSmirnovStatistic(normal, means);
  }
}
