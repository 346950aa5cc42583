package org.noisescape.dynamics.statistics;

/**
 * First-passage times of replicas, right-censored: a run that had not passed by its last step is
 * known to take longer than that.
 *
 * @param times R times ≥ 0: of the passage where it was observed, else until which it was looked
 *     for
 * @param observed whether the passage happened
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in, read by the estimators here
public record CensoredTimes(double[] times, boolean[] observed) {
  /** Checks and copies. */
  public CensoredTimes {
    if (times.length == 0 || times.length != observed.length) {
      throw new IllegalArgumentException(
          "passage times need a flag each and at least one replica, got %d times and %d flags"
              .formatted(times.length, observed.length));
    }
    for (int r = 0; r < times.length; r++) {
      if (!(times[r] >= 0 && times[r] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "passage time of replica %d must be finite and >= 0, got %s".formatted(r, times[r]));
      }
    }
    times = times.clone();
    observed = observed.clone();
  }

  /**
   * Times with NaN for a passage that did not happen until `limit`.
   *
   * @param times R times, NaN where censored
   * @param limit time until which every replica was looked at
   */
  public static CensoredTimes until(double[] times, double limit) {
    double[] known = times.clone();
    boolean[] observed = new boolean[times.length];
    for (int r = 0; r < times.length; r++) {
      observed[r] = !Double.isNaN(times[r]);
      known[r] = observed[r] ? times[r] : limit;
    }
    return new CensoredTimes(known, observed);
  }

  /** R. */
  public int replicas() {
    return times.length;
  }

  /** Replicas that passed. */
  public int events() {
    int events = 0;
    for (boolean passed : observed) {
      events += passed ? 1 : 0;
    }
    return events;
  }

  /** Replicas that did not pass while they were looked at. */
  public int censored() {
    return replicas() - events();
  }

  /** Σ of all times, of passage or of looking. */
  public double exposure() {
    double sum = 0;
    for (double time : times) {
      sum += time;
    }
    return sum;
  }

  /** The replicas of these indices, repeated where an index is: a bootstrap sample. */
  public CensoredTimes resampled(int[] replicas) {
    double[] chosen = new double[replicas.length];
    boolean[] passed = new boolean[replicas.length];
    for (int i = 0; i < replicas.length; i++) {
      chosen[i] = times[replicas[i]];
      passed[i] = observed[replicas[i]];
    }
    return new CensoredTimes(chosen, passed);
  }

  /** The replicas not passed at `time`, with the time counted from there. */
  CensoredTimes after(double time) {
    int left = 0;
    for (double own : times) {
      left += own > time ? 1 : 0;
    }
    double[] rest = new double[left];
    boolean[] passed = new boolean[left];
    for (int r = 0, to = 0; r < times.length; r++) {
      if (times[r] > time) {
        rest[to] = times[r] - time;
        passed[to++] = observed[r];
      }
    }
    return new CensoredTimes(rest, passed);
  }
}
