package org.noisescape.experiments.liu.bayes;

import java.util.List;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.PolynomialFit;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Where a measured curve is lowest: the minimum of a polynomial of degree 4 in log λ.
 *
 * @param rate λ of the minimum
 * @param standardError spread of the minima of {@value #RESAMPLES} curves redrawn within their
 *     errors
 */
record LowestRate(double rate, double standardError) {
  /** Fewest points of a fit. */
  static final int LEAST_POINTS = 8;

  private static final int DEGREE = 4;
  private static final int RESAMPLES = 200;
  private static final int SCAN = 2000;

  static LowestRate of(List<MeasuredDivergence> curve, RandomKey key) {
    double[] rates = Column.of(curve, MeasuredDivergence::rate);
    double[] minima = new double[RESAMPLES];
    for (int s = 0; s < RESAMPLES; s++) {
      RandomStream normals = key.stream(s);
      minima[s] =
          minimum(
              rates, Column.of(curve, p -> p.value() + p.standardError() * normals.nextGaussian()));
    }
    return new LowestRate(
        minimum(rates, Column.of(curve, MeasuredDivergence::value)),
        SeedMean.of(minima).deviation());
  }

  /** Its error is known as well as the spread of that many minima. */
  PointEstimate estimate() {
    return PointEstimate.ofDraws(rate, standardError, RESAMPLES);
  }

  /** Rate at which the polynomial through a curve is lowest. */
  static double minimum(double[] rates, double[] values) {
    int last = rates.length - 1;
    double centre = (Math.log(rates[0]) + Math.log(rates[last])) / 2;
    double[] x = new double[rates.length];
    for (int i = 0; i <= last; i++) {
      x[i] = Math.log(rates[i]) - centre;
    }
    PolynomialFit fit = PolynomialFit.ofDegree(DEGREE, x, values);
    double lowest = x[0];
    for (int i = 1; i <= SCAN; i++) {
      double at = x[0] + (x[last] - x[0]) * i / SCAN;
      if (fit.at(at) < fit.at(lowest)) {
        lowest = at;
      }
    }
    return Math.exp(centre + lowest);
  }
}
