package org.noisescape.experiments.mori.critical;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.hipparchus.stat.regression.SimpleRegression;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.SlopeEstimate;
import org.noisescape.experiments.mori.critical.CriticalMinimum.Prediction;

/**
 * Measured against predicted η_c over minima, in logarithms.
 *
 * @param points minima that can be compared
 * @param decades of the predicted η_c
 * @param rank Spearman's correlation; NaN for fewer than three minima
 * @param correlation Pearson's of the logarithms
 * @param slope least-squares slope of ln η_c against its prediction, error of independent minima
 * @param ratio mean and spread of ln(measured/predicted)
 * @param rootMeanSquare of ln(measured/predicted)
 */
record CriticalComparison(
    int points,
    double decades,
    double rank,
    double correlation,
    SlopeEstimate slope,
    SeedMean ratio,
    double rootMeanSquare) {
  private static final int LEAST = 3;

  /** Compares all that are usable. */
  static CriticalComparison of(List<CriticalPoint> all, Prediction prediction) {
    List<CriticalPoint> used = all.stream().filter(CriticalPoint::usable).toList();
    double[] x = Column.of(used, p -> Math.log(p.predicted(prediction)));
    double[] y = Column.of(used, p -> Math.log(p.critical()));
    double[] ratios = Column.of(used, p -> p.logRatio(prediction));
    SimpleRegression line = new SimpleRegression();
    for (int i = 0; i < x.length; i++) {
      line.addData(x[i], y[i]);
    }
    DoubleSummaryStatistics range = Arrays.stream(x).summaryStatistics();
    double squares = 0;
    for (double ratio : ratios) {
      squares += ratio * ratio;
    }
    boolean enough = x.length >= LEAST;
    return new CriticalComparison(
        x.length,
        x.length == 0 ? 0 : (range.getMax() - range.getMin()) / Math.log(10),
        enough ? new SpearmansCorrelation().correlation(x, y) : Double.NaN,
        enough ? line.getR() : Double.NaN,
        enough
            ? new SlopeEstimate(line.getSlope(), line.getSlopeStdErr(), 1, x.length)
            : new SlopeEstimate(Double.NaN, Double.NaN, 0, x.length),
        SeedMean.of(ratios),
        Math.sqrt(squares / x.length));
  }

  /** Standard error of {@link #rank}, 1.06/√(n − 3) in artanh. Source: Fieller et al. (1957). */
  double rankError() {
    return 1.06 / Math.sqrt(Math.max(0, points - LEAST)) * (1 - rank * rank);
  }

  /** Upper end of the rank correlation, so many standard errors up in artanh. */
  double rankUpTo(double standardErrors) {
    double bounded = Math.min(rank, 1 - 1e-12);
    double z = 0.5 * Math.log((1 + bounded) / (1 - bounded));
    return Math.tanh(z + standardErrors * 1.06 / Math.sqrt(Math.max(0, points - LEAST)));
  }
}
