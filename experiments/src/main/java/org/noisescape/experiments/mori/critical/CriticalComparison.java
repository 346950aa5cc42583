package org.noisescape.experiments.mori.critical;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.hipparchus.stat.regression.SimpleRegression;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.PointEstimate;
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
 * @param dimension least-squares slope of ln(η_c h*) against ln(n − 2): how η_c depends on n at
 *     given h*
 * @param predictedDimension the same of the predicted η_c
 */
record CriticalComparison(
    int points,
    double decades,
    double rank,
    double correlation,
    SlopeEstimate slope,
    SeedMean ratio,
    double rootMeanSquare,
    SlopeEstimate dimension,
    double predictedDimension) {
  private static final int LEAST = 3;

  /** A perfect order would be infinitely far from any other. */
  private static final double LARGEST_RANK = 1 - 1e-12;

  /** Compares all that are usable. */
  static CriticalComparison of(List<CriticalPoint> all, Prediction prediction) {
    List<CriticalPoint> used = all.stream().filter(CriticalPoint::usable).toList();
    double[] x = Column.of(used, p -> Math.log(p.predicted(prediction)));
    double[] y = Column.of(used, p -> Math.log(p.critical()));
    double[] ratios = Column.of(used, p -> p.logRatio(prediction));
    SimpleRegression line = new SimpleRegression();
    SimpleRegression onDimension = new SimpleRegression();
    SimpleRegression predictedOnDimension = new SimpleRegression();
    DoubleSummaryStatistics range = Arrays.stream(x).summaryStatistics();
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      line.addData(x[i], y[i]);
      squares += ratios[i] * ratios[i];
      double logCurvature = Math.log(used.get(i).minimum().largest());
      double logDimension = Math.log(used.get(i).minimum().effectiveDimension() - 2);
      onDimension.addData(logDimension, y[i] + logCurvature);
      predictedOnDimension.addData(logDimension, x[i] + logCurvature);
    }
    boolean enough = x.length >= LEAST;
    return new CriticalComparison(
        x.length,
        x.length == 0 ? 0 : (range.getMax() - range.getMin()) / Math.log(10),
        enough ? new SpearmansCorrelation().correlation(x, y) : Double.NaN,
        enough ? line.getR() : Double.NaN,
        slope(line, enough),
        SeedMean.of(ratios),
        Math.sqrt(squares / x.length),
        slope(onDimension, enough),
        predictedOnDimension.getSlope());
  }

  private static SlopeEstimate slope(SimpleRegression line, boolean enough) {
    int n = (int) line.getN();
    return enough
        ? new SlopeEstimate(line.getSlope(), line.getSlopeStdErr(), 1, n)
        : new SlopeEstimate(Double.NaN, Double.NaN, 0, n);
  }

  /** Standard error of {@link #rank}, 1.06/√(n − 3) in artanh. Source: Fieller et al. (1957). */
  double rankError() {
    return 1.06 / Math.sqrt(Math.max(0, points - LEAST)) * (1 - rank * rank);
  }

  /** artanh of {@link #rank}, nearly normal with an error that needs no scatter to be known. */
  PointEstimate transformedRank() {
    double bounded = Math.clamp(rank, -LARGEST_RANK, LARGEST_RANK);
    return new PointEstimate(
        artanh(bounded), 1.06 / Math.sqrt(Math.max(0, points - LEAST)), Double.POSITIVE_INFINITY);
  }

  static double artanh(double correlation) {
    return 0.5 * Math.log((1 + correlation) / (1 - correlation));
  }
}
