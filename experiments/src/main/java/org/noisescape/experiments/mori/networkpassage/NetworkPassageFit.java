package org.noisescape.experiments.mori.networkpassage;

import java.util.List;
import org.hipparchus.stat.regression.SimpleRegression;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.SeedMean;

/**
 * What the slopes at several learning rates say of h* and n.
 *
 * <p>By the text, n is fitted with h* measured: the mean over learning rates of 2(B/(ηh*) + 1 −
 * slope), or as another law has it. Beyond it, both by the straight line slope = (1/h)·(B/η) + 1 −
 * n/2, by least squares.
 *
 * @param dimension n with h* measured
 * @param dimensionError its standard error: the larger of that of the slopes and of their spread
 * @param rates learning rates with a slope
 * @param freeCurvature h of the line; NaN for fewer than three learning rates
 * @param freeCurvatureError its standard error
 * @param freeDimension n of the line
 */
record NetworkPassageFit(
    double dimension,
    double dimensionError,
    int rates,
    double freeCurvature,
    double freeCurvatureError,
    double freeDimension) {
  /** Fits the curves that have a slope. */
  static NetworkPassageFit of(List<NetworkPassageCurve> curves, NetworkPassageLaw law) {
    List<NetworkPassageCurve> fitted =
        curves.stream().filter(c -> Double.isFinite(c.slope().standardError())).toList();
    SeedMean mean = SeedMean.of(Column.of(fitted, law::dimension));
    double own =
        Math.sqrt(
                fitted.stream()
                    .mapToDouble(c -> Math.pow(c.slope().standardError() / law.weight(c), 2))
                    .sum())
            / fitted.size();
    double spread = fitted.size() < 2 ? 0 : mean.standardError();
    if (fitted.size() < 3) {
      return new NetworkPassageFit(
          mean.mean(), Math.max(own, spread), fitted.size(), Double.NaN, Double.NaN, Double.NaN);
    }
    SimpleRegression line = new SimpleRegression();
    fitted.forEach(c -> line.addData(c.batchOverRate(), c.slope().slope()));
    double curvature = 1 / line.getSlope();
    return new NetworkPassageFit(
        mean.mean(),
        Math.max(own, spread),
        fitted.size(),
        curvature,
        curvature * curvature * line.getSlopeStdErr(),
        2 * (1 - line.getIntercept()));
  }
}
