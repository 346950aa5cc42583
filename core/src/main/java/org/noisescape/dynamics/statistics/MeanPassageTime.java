package org.noisescape.dynamics.statistics;

import java.util.Arrays;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Mean first-passage time of replicas, some of which may not have passed.
 *
 * <p>All passed: the sample mean m, standard error s/√R. Some censored: the area under the {@link
 * SurvivalCurve} up to the last time and beyond it the {@link ExponentialTail}, ∫₀^T S dt + S(T)/λ;
 * standard error from {@value #RESAMPLES} bootstrap samples of replicas, the delay of the tail
 * chosen anew in each. The interval is m exp(±t s_m/m), Student's t with as many degrees of freedom
 * as passages less one: passage times are skewed, and a mean of them more nearly log-normal.
 *
 * <p>Nobody passed: the mean has no value; what is known without assuming a law is that it is at
 * least the mean time looked at, `lower`.
 *
 * @param value m; NaN where nobody passed
 * @param standardError of m; NaN for a single replica and where nobody passed
 * @param lower end of the interval; the mean time looked at where nobody passed
 * @param upper end of the interval; infinite where there is none
 * @param replicas R
 * @param censored replicas that did not pass
 * @param method how it was estimated
 * @param reliable whether m and its interval may be used: two passages or more where all passed,
 *     else {@value ExponentialTail#LEAST_EVENTS} or more and at most half censored
 */
public record MeanPassageTime(
    double value,
    double standardError,
    double lower,
    double upper,
    int replicas,
    int censored,
    Method method,
    boolean reliable) {
  /** Bootstrap samples. */
  public static final int RESAMPLES = 400;

  /** How a mean first-passage time was estimated. */
  public enum Method {
    /** Mean of the times; all replicas passed. */
    SAMPLE_MEAN,
    /** Area under the survival curve, and an exponential tail beyond its last time. */
    SURVIVAL_AND_TAIL,
    /** No replica passed: only a lower bound. */
    LOWER_BOUND
  }

  /**
   * Estimates with an interval.
   *
   * @param passages times of the replicas
   * @param confidence of the interval, such as 0.95
   * @param key of the bootstrap
   */
  public static MeanPassageTime of(CensoredTimes passages, double confidence, RandomKey key) {
    double probability = Quantiles.upperProbability(confidence);
    int n = passages.replicas();
    int events = passages.events();
    double value = value(passages);
    if (events == 0) {
      return new MeanPassageTime(
          value,
          Double.NaN,
          passages.exposure() / n,
          Double.POSITIVE_INFINITY,
          n,
          n,
          Method.LOWER_BOUND,
          false);
    }
    boolean complete = events == n;
    double error = complete ? sampleError(passages.times(), value) : bootstrapError(passages, key);
    double lower = 0;
    double upper = Double.POSITIVE_INFINITY;
    if (value == 0 && error == 0) {
      upper = 0;
    } else if (events > 1 && Double.isFinite(error) && value > 0) {
      double reach = Math.exp(Quantiles.student(probability, events - 1.0) * error / value);
      lower = value / reach;
      upper = value * reach;
    }
    boolean enough =
        complete ? n > 1 : events >= ExponentialTail.LEAST_EVENTS && 2 * (n - events) <= n;
    return new MeanPassageTime(
        value,
        error,
        lower,
        upper,
        n,
        n - events,
        complete ? Method.SAMPLE_MEAN : Method.SURVIVAL_AND_TAIL,
        enough && Double.isFinite(error));
  }

  /** The estimate alone, for bootstraps of quantities made from it; NaN where nobody passed. */
  public static double value(CensoredTimes passages) {
    int events = passages.events();
    if (events == 0) {
      return Double.NaN;
    }
    if (events == passages.replicas()) {
      return passages.exposure() / events;
    }
    SurvivalCurve curve = SurvivalCurve.of(passages);
    double left = curve.at(curve.last());
    // the last time may be that of a passage
    return curve.area() + (left == 0 ? 0 : left / ExponentialTail.of(passages).rate());
  }

  private static double sampleError(double[] times, double mean) {
    double squares = 0;
    for (double time : times) {
      squares += (time - mean) * (time - mean);
    }
    int n = times.length;
    return n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n);
  }

  /** NaN where a bootstrap sample has no passage: then too few passed to say. */
  private static double bootstrapError(CensoredTimes passages, RandomKey key) {
    int n = passages.replicas();
    double[] values = new double[RESAMPLES];
    int[] chosen = new int[n];
    for (int s = 0; s < RESAMPLES; s++) {
      RandomStream random = key.stream(s);
      Arrays.setAll(chosen, r -> random.nextInt(n));
      values[s] = value(passages.resampled(chosen));
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (RESAMPLES - 1));
  }
}
