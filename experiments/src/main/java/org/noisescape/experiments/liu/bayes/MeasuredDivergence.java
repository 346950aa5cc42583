package org.noisescape.experiments.liu.bayes;

import java.util.List;
import org.noisescape.experiments.liu.stationary.GridPoint;

/**
 * D_KL of a measured stationary state from the posterior N(0, (NK)⁻¹), K diagonal.
 *
 * <p>½ Σ (r_i − ln r_i − 1) with r_i = N k_i Σ_ii. The standard error takes both the slope and the
 * curvature at r_i, since the slope vanishes at the posterior.
 *
 * @param rate λ
 * @param value D_KL in nats
 * @param standardError from those of the variances, which are independent
 */
record MeasuredDivergence(double rate, double value, double standardError) {
  /** From the variances along the axes. */
  static MeasuredDivergence of(List<GridPoint> variances, double[] curvatures, int samples) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < curvatures.length; i++) {
      double ratio = samples * curvatures[i] * variances.get(i).value();
      double error = samples * curvatures[i] * variances.get(i).standardError();
      sum += ratio - Math.log(ratio) - 1;
      double slope = (1 - 1 / ratio) * error;
      double bend = 0.5 * error * error / (ratio * ratio);
      squares += slope * slope + bend * bend;
    }
    return new MeasuredDivergence(
        variances.getFirst().label().learningRate(), 0.5 * sum, 0.5 * Math.sqrt(squares));
  }
}
