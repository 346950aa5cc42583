package org.noisescape.instruments;

/**
 * How far a step went along its way, seen as a parabola: α = −1 where it stayed, 0 where it went to
 * the minimum, 1 where it went as far up the other side.
 *
 * <p>Observed are loss f and slope f′ = d·g at both ends of d = θ′ − θ, each a mean over a
 * mini-batch of its own with variance λ. A parabola has f(1) − f(0) = (f′(0) + f′(1))/2; of the
 * four numbers that have this the nearest, Σ (f̂ − f)²/λ least, are taken: the least-squares
 * parabola. Then α = −f̂′(1)/f̂′(0), and −1 where f̂′(1) &lt; f̂′(0), since a concave way leads
 * down further. The error follows from the four means, with the covariance of loss and slope in
 * each mini-batch. Source: Schneider, Dangel and Hennig (2021), appendix B; Mahsereci and Hennig
 * (2017).
 */
final class LocalStep {
  private LocalStep() {}

  /** Loss and slope at one end. */
  private record End(double loss, double slope, double lossVariance, double slopeVariance) {
    static End of(double[] losses, double[] slopes) {
      return new End(
          BatchSpread.mean(losses),
          BatchSpread.mean(slopes),
          BatchSpread.covariance(losses, losses) / losses.length,
          BatchSpread.covariance(slopes, slopes) / slopes.length);
    }

    /** Its part of the variance of a combination of all four. */
    double variance(double perLoss, double perSlope, double covariance) {
      return perLoss * perLoss * lossVariance
          + perSlope * perSlope * slopeVariance
          + 2 * perLoss * perSlope * covariance;
    }
  }

  /**
   * α; not defined where nothing varies, or where the way begins level.
   *
   * @param losses ℓ_n at both ends, (2, B)
   * @param slopes d·g_n at both ends, (2, B)
   */
  static InstrumentReading alpha(double[][] losses, double[][] slopes) {
    End start = End.of(losses[0], slopes[0]);
    End end = End.of(losses[1], slopes[1]);
    double sum =
        start.lossVariance + end.lossVariance + 0.25 * (start.slopeVariance + end.slopeVariance);
    if (!(sum > 0)) {
      return InstrumentReading.UNDEFINED;
    }
    double excess = end.loss - start.loss - 0.5 * (start.slope + end.slope);
    double startShare = 0.5 * start.slopeVariance / sum;
    double endShare = 0.5 * end.slopeVariance / sum;
    double first = start.slope + startShare * excess;
    double second = end.slope + endShare * excess;
    if (second < first) {
      return InstrumentReading.exact(-1);
    }
    if (first == 0) {
      return InstrumentReading.UNDEFINED;
    }
    double alpha = -second / first;
    // dα = −(d second + α d first)/first, and d excess = df(1) − df(0) − (df′(0) + df′(1))/2
    double perExcess = endShare + alpha * startShare;
    double covariance = BatchSpread.covariance(losses[0], slopes[0]) / losses[0].length;
    double variance = start.variance(-perExcess, alpha - 0.5 * perExcess, covariance);
    covariance = BatchSpread.covariance(losses[1], slopes[1]) / losses[1].length;
    variance += end.variance(perExcess, 1 - 0.5 * perExcess, covariance);
    return new InstrumentReading(alpha, Math.sqrt(variance) / Math.abs(first));
  }
}
