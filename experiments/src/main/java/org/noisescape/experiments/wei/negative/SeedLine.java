package org.noisescape.experiments.wei.negative;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.stat.regression.SimpleRegression;

/**
 * The line through the runs of one seed: Σ_{λ<0} λ = intercept + slope (L − L*).
 *
 * <p>Ordinary least squares, as a best fit line of the text; both coordinates scatter, so the slope
 * is drawn towards zero by up to 1 − R², and the line of x on y bounds it from the other side. A
 * line a seed and not one through all: the proportionality of appendix A.3 is that of the states
 * near one minimum.
 *
 * @param seed replica
 * @param runs points
 * @param slope of y on x
 * @param slopeError its standard error
 * @param intercept at L = L*
 * @param interceptError its standard error
 * @param rSquared share of the variance of y that the line takes
 * @param exponent d log |Σ_{λ<0} λ| / d log (L − L*) of the same points, 1 where proportional
 * @param exponentError its standard error
 * @param largest |Σ_{λ<0} λ| of a run
 * @param ratio largest over smallest L − L*
 */
record SeedLine(
    int seed,
    int runs,
    double slope,
    double slopeError,
    double intercept,
    double interceptError,
    double rSquared,
    double exponent,
    double exponentError,
    double largest,
    double ratio) {

  /**
   * Fits the runs of each seed.
   *
   * @param runs of all seeds, at least three each
   * @param floor L*
   */
  static List<SeedLine> of(List<RunSpectrum> runs, int seeds, double floor) {
    List<SeedLine> lines = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      int seed = i;
      lines.add(of(seed, runs.stream().filter(r -> r.seed() == seed).toList(), floor));
    }
    return lines;
  }

  /**
   * Fits the runs of a seed.
   *
   * @param runs at least three
   * @param floor L*
   */
  static SeedLine of(int seed, List<RunSpectrum> runs, double floor) {
    SimpleRegression line = new SimpleRegression();
    SimpleRegression powers = new SimpleRegression();
    double largest = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (RunSpectrum run : runs) {
      double excess = run.excess(floor);
      double sum = run.negativeSum().mean();
      line.addData(excess, sum);
      powers.addData(Math.log(excess), Math.log(-sum));
      largest = Math.max(largest, -sum);
      least = Math.min(least, excess);
      most = Math.max(most, excess);
    }
    return new SeedLine(
        seed,
        runs.size(),
        line.getSlope(),
        line.getSlopeStdErr(),
        line.getIntercept(),
        line.getInterceptStdErr(),
        line.getRSquare(),
        powers.getSlope(),
        powers.getSlopeStdErr(),
        largest,
        most / least);
  }

  /** The line at L − L*. */
  double at(double excess) {
    return intercept + slope * excess;
  }

  /** The slope by the line of x on y, the other bound. */
  double reverseSlope() {
    return slope / rSquared;
  }
}
