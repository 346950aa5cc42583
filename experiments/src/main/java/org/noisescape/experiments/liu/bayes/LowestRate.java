package org.noisescape.experiments.liu.bayes;

import java.util.List;
import org.noisescape.experiments.fit.Column;
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
    double[] x = Column.of(curve, p -> Math.log(p.rate()));
    double[] y = Column.of(curve, MeasuredDivergence::value);
    double centre = (x[0] + x[x.length - 1]) / 2;
    for (int i = 0; i < x.length; i++) {
      x[i] -= centre;
    }
    double[] minima = new double[RESAMPLES];
    for (int s = 0; s < RESAMPLES; s++) {
      RandomStream normals = key.stream(s);
      double[] redrawn = new double[y.length];
      for (int i = 0; i < y.length; i++) {
        redrawn[i] = y[i] + curve.get(i).standardError() * normals.nextGaussian();
      }
      minima[s] = Math.exp(centre + minimum(x, redrawn));
    }
    return new LowestRate(Math.exp(centre + minimum(x, y)), SeedMean.of(minima).deviation());
  }

  private static double minimum(double[] x, double[] y) {
    PolynomialFit fit = PolynomialFit.ofDegree(DEGREE, x, y);
    double lowest = x[0];
    for (int i = 1; i <= SCAN; i++) {
      double at = x[0] + (x[x.length - 1] - x[0]) * i / SCAN;
      if (fit.at(at) < fit.at(lowest)) {
        lowest = at;
      }
    }
    return lowest;
  }
}
