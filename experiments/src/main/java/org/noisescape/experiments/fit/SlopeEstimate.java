package org.noisescape.experiments.fit;

import java.util.List;

/**
 * Mean slope of several independent runs.
 *
 * <p>The standard error is the spread between the runs over √R, on R − 1 degrees of freedom. The
 * error of a single run is that of its fit, on none: one run does not know how much the next one
 * differs.
 *
 * @param slope mean slope, NaN without runs
 * @param standardError its error, NaN without runs
 * @param runs R
 * @param points points of all runs
 */
public record SlopeEstimate(double slope, double standardError, int runs, int points) {
  /** Combines the fits of independent runs. */
  public static SlopeEstimate of(List<SlopeFit> fits) {
    SeedMean mean = SeedMean.of(Column.of(fits, SlopeFit::slope));
    int points = fits.stream().mapToInt(SlopeFit::points).sum();
    double error = fits.size() == 1 ? fits.getFirst().standardError() : mean.standardError();
    return new SlopeEstimate(mean.mean(), error, fits.size(), points);
  }

  /** For a criterion. */
  public PointEstimate estimate() {
    return new PointEstimate(slope, standardError, runs - 1.0);
  }
}
