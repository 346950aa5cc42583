package org.noisescape.dynamics.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Share of replicas not yet passed, S(t) = Π_{t_i ≤ t} (1 − d_i/n_i), with d_i passages among n_i
 * at risk; passages precede censorings of the same time.
 *
 * <p>Source: Kaplan and Meier (1958). Variance S² Σ d_i/(n_i(n_i − d_i)), Greenwood (1926).
 *
 * @param times distinct times of passages, ascending; none where nobody passed
 * @param atRisk n_i
 * @param events d_i
 * @param survival S just after each time
 * @param standardErrors Greenwood's; 0 where S has reached 0
 * @param last largest time of all replicas, passed or censored: beyond it nothing is known
 * @param replicas R
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read by tables and figures
public record SurvivalCurve(
    double[] times,
    int[] atRisk,
    int[] events,
    double[] survival,
    double[] standardErrors,
    double last,
    int replicas) {

  /** Limits of a survival curve at its times. */
  @SuppressWarnings("ArrayRecordComponent") // made once, read by tables and figures
  public record Limits(double[] lower, double[] upper) {}

  /** The product-limit estimate. */
  public static SurvivalCurve of(CensoredTimes passages) {
    int n = passages.replicas();
    Integer[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(r -> passages.times()[r]))
            .toArray(Integer[]::new);
    double[] times = new double[n];
    int[] atRisk = new int[n];
    int[] events = new int[n];
    double[] survival = new double[n];
    double[] errors = new double[n];
    int count = 0;
    double left = 1;
    double sum = 0;
    for (int i = 0; i < n; ) {
      double time = passages.times()[order[i]];
      int passed = 0;
      int next = i;
      for (; next < n && passages.times()[order[next]] == time; next++) {
        passed += passages.observed()[order[next]] ? 1 : 0;
      }
      if (passed > 0) {
        int risk = n - i;
        left *= 1 - passed / (double) risk;
        sum += passed / ((double) risk * (risk - passed));
        times[count] = time;
        atRisk[count] = risk;
        events[count] = passed;
        survival[count] = left;
        errors[count++] = left == 0 ? 0 : left * Math.sqrt(sum);
      }
      i = next;
    }
    return new SurvivalCurve(
        Arrays.copyOf(times, count),
        Arrays.copyOf(atRisk, count),
        Arrays.copyOf(events, count),
        Arrays.copyOf(survival, count),
        Arrays.copyOf(errors, count),
        passages.times()[order[n - 1]],
        n);
  }

  /** S(t), right-continuous; beyond the last time its last value. */
  public double at(double time) {
    int found = Arrays.binarySearch(times, time);
    int before = found >= 0 ? found : -found - 2;
    return before < 0 ? 1 : survival[before];
  }

  /** Smallest time with S ≤ 1 − share; NaN where it was not reached. */
  public double quantile(double share) {
    for (int i = 0; i < times.length; i++) {
      // a share is a sum of rounded steps
      if (survival[i] <= 1 - share + 1e-12) {
        return times[i];
      }
    }
    return Double.NaN;
  }

  /** ∫₀^last S dt: the mean of min(t, last), a lower bound of the mean passage time. */
  public double area() {
    double sum = 0;
    double from = 0;
    double left = 1;
    for (int i = 0; i < times.length; i++) {
      sum += left * (times[i] - from);
      from = times[i];
      left = survival[i];
    }
    return sum + left * (last - from);
  }

  /**
   * Limits that hold S(t) at each single time with a probability: S^exp(±z s), s the Greenwood
   * error of log(−log S). Source: Kalbfleisch and Prentice (1980), section 1.3. Where S is 0 or 1
   * they are both S.
   */
  public Limits pointwise(double confidence) {
    double z = Quantiles.normal(Quantiles.upperProbability(confidence));
    double[] lower = survival.clone();
    double[] upper = survival.clone();
    for (int i = 0; i < times.length; i++) {
      double s = survival[i];
      if (s > 0 && s < 1) {
        double spread = z * standardErrors[i] / (s * Math.abs(Math.log(s)));
        lower[i] = Math.pow(s, Math.exp(spread));
        upper[i] = Math.pow(s, Math.exp(-spread));
      }
    }
    return new Limits(lower, upper);
  }

  /**
   * Limits that hold the whole curve up to its last time with at least a probability: S ± k(1 + R
   * v)S/√R, v Greenwood's sum, k the quantile of the supremum of a Brownian bridge over all of its
   * length. Without censoring this is the Kolmogorov band. Source: Hall and Wellner (1980).
   */
  public Limits band(double confidence) {
    double k = Quantiles.kolmogorov(confidence) / Math.sqrt(replicas);
    double[] lower = new double[times.length];
    double[] upper = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      double s = survival[i];
      // at S = 0 its value without censoring, where (1 + R v) S = 1
      double variance = s == 0 ? 0 : standardErrors[i] * standardErrors[i] / (s * s);
      double half = s == 0 ? k : k * (1 + replicas * variance) * s;
      lower[i] = Math.max(0, s - half);
      upper[i] = Math.min(1, s + half);
    }
    return new Limits(lower, upper);
  }
}
