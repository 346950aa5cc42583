package org.noisescape.experiments.fit;

import java.util.List;

/**
 * Mean slope of several independent runs.
 *
 * <p>The standard error is the larger of the runs' own errors combined, √(Σ e²)/R, and, for R ≥ 2,
 * the spread between the runs over √R: few runs may agree by chance, and one run cannot know how
 * much the next one differs.
 *
 * @param slope mean slope, NaN without runs
 * @param standardError its error, NaN without runs
 * @param runs R
 * @param points points of all runs
 */
public record SlopeEstimate(double slope, double standardError, int runs, int points) {
  /** Combines the fits of independent runs. */
  public static SlopeEstimate of(List<SlopeFit> fits) {
    int runs = fits.size();
    if (runs == 0) {
      return new SlopeEstimate(Double.NaN, Double.NaN, 0, 0);
    }
    double mean = fits.stream().mapToDouble(SlopeFit::slope).average().orElseThrow();
    double own = 0;
    double spread = 0;
    int points = 0;
    for (SlopeFit fit : fits) {
      own += fit.standardError() * fit.standardError();
      spread += (fit.slope() - mean) * (fit.slope() - mean);
      points += fit.points();
    }
    double within = Math.sqrt(own) / runs;
    double between = runs < 2 ? 0 : Math.sqrt(spread / (runs - 1) / runs);
    return new SlopeEstimate(mean, Math.max(within, between), runs, points);
  }
}
