package org.noisescape.experiments.fit;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * A measured number with its error.
 *
 * @param value NaN where there were no data for it
 * @param standardError NaN where it is not known. 0 says that nothing was sampled and needs
 *     infinite degrees of freedom: draws that happen to be equal know no error (see {@link
 *     #plusError} where the resolution of the number is known)
 * @param degreesOfFreedom from which the error was estimated, as seeds − 1; infinite for what is
 *     computed or rests on so many draws that the error is as good as known
 */
public record PointEstimate(double value, double standardError, double degreesOfFreedom) {
  /** Two-sided confidence of {@link #margin}. */
  public static final double CONFIDENCE = 0.95;

  /** Degrees of freedom above which Student's distribution is the normal one to 1e-7. */
  private static final double MANY = 1e7;

  /** A number without sampling. */
  public static PointEstimate exact(double value) {
    return new PointEstimate(value, 0, Double.POSITIVE_INFINITY);
  }

  /** A number whose error is not known, of which nothing can be said. */
  public static PointEstimate unknown(double value) {
    return new PointEstimate(value, Double.NaN, Double.NaN);
  }

  /** A mean over independent seeds, on seeds − 1 degrees of freedom. */
  public static PointEstimate of(SeedMean mean) {
    return new PointEstimate(mean.mean(), mean.standardError(), mean.seeds() - 1.0);
  }

  /** A number whose error comes from so many independent draws. */
  public static PointEstimate ofDraws(double value, double standardError, long draws) {
    return new PointEstimate(value, standardError, draws - 1.0);
  }

  /**
   * A number of independent groups with the error of their jackknife, on groups − 1 degrees of
   * freedom.
   *
   * @param groups G ≥ 2
   * @param without the number of all groups but one; of all for −1
   */
  public static PointEstimate jackknife(int groups, IntToDoubleFunction without) {
    double[] left = IntStream.range(0, groups).mapToDouble(without).toArray();
    double squares = Math.pow(SeedMean.of(left).deviation() * (groups - 1), 2) / groups;
    return new PointEstimate(without.applyAsDouble(-1), Math.sqrt(squares), groups - 1.0);
  }

  /** The same where a condition of the measurement holds, else without error. */
  public PointEstimate provided(boolean condition) {
    return condition ? this : unknown(value);
  }

  /** The same times a factor. */
  public PointEstimate times(double factor) {
    return new PointEstimate(factor * value, Math.abs(factor) * standardError, degreesOfFreedom);
  }

  /** ln of it, with the error of first order. */
  public PointEstimate log() {
    return new PointEstimate(
        Math.log(value), standardError == 0 ? 0 : standardError / value, degreesOfFreedom);
  }

  /** The same with an independent error on top; the fewer degrees of freedom of the two hold. */
  public PointEstimate plusError(double error, double degrees) {
    return new PointEstimate(
        value, Math.hypot(standardError, error), Math.min(degreesOfFreedom, degrees));
  }

  /** This less an independent one; the fewer degrees of freedom of the two hold. */
  public PointEstimate minus(PointEstimate other) {
    return new PointEstimate(value - other.value, standardError, degreesOfFreedom)
        .plusError(other.standardError, other.degreesOfFreedom);
  }

  /** t·SE, t the Student quantile of {@link #CONFIDENCE}; NaN where the error is not known. */
  public double margin() {
    if (standardError == 0) {
      return isExact() ? 0 : Double.NaN;
    }
    return quantile() * standardError;
  }

  private boolean isExact() {
    return standardError == 0 && degreesOfFreedom == Double.POSITIVE_INFINITY;
  }

  /** t of {@link #margin}; NaN for less than one degree of freedom. */
  public double quantile() {
    double probability = 0.5 + CONFIDENCE / 2;
    if (!(degreesOfFreedom >= 1)) {
      return Double.NaN;
    }
    return degreesOfFreedom > MANY
        ? new NormalDistribution().inverseCumulativeProbability(probability)
        : new TDistribution(degreesOfFreedom).inverseCumulativeProbability(probability);
  }

  /**
   * Probability that Student's t exceeds a distance in standard errors; 0 or 1 for what is exact;
   * NaN where the error is not known.
   */
  double exceeding(double distance) {
    if (isExact()) {
      return distance > 0 ? 0 : 1;
    }
    double t = distance / standardError;
    if (!(degreesOfFreedom >= 1 && standardError > 0) || Double.isNaN(t)) {
      return Double.NaN;
    }
    return degreesOfFreedom > MANY
        ? new NormalDistribution().cumulativeProbability(-t)
        : new TDistribution(degreesOfFreedom).cumulativeProbability(-t);
  }
}
