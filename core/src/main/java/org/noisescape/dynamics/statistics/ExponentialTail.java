package org.noisescape.dynamics.statistics;

/**
 * Exponential law of the passage times beyond a delay, S(t) = S(t₀) exp(−λ(t − t₀)), by maximum
 * likelihood with censoring: λ = d/Σ(t_i − t₀) over the replicas at risk after t₀, d of them
 * passing; standard error λ/√d.
 *
 * <p>Rule of the delay: the first of the quantiles 0, 5, 10, 20, 30, 50 % of the survival curve
 * beyond which the times pass the test with p ≥ {@value #LEAST_P}; only those that leave {@value
 * #LEAST_EVENTS} passages are tried, but t₀ = 0 always. Where none passes it is the last one tried,
 * and the tail is not exponential. Since the delay was chosen to pass, p is too large where t₀ > 0.
 *
 * <p>Test: the score of a Weibull shape of 1, U²/V ~ χ²₁ with U = d + Σ_passed log t − λ Σ t log t
 * and V = d + Σ λt log²(λt) − (Σ λt log λt)²/d. Source: Cox and Oakes (1984), section 3.7.
 *
 * @param delay t₀
 * @param rate λ; 0 where nobody passed, NaN where nobody was at risk
 * @param standardError of λ; NaN without passages
 * @param events d
 * @param atRisk replicas not passed or censored at t₀
 * @param pValue of the test; NaN for fewer than two passages
 * @param exponential whether the test was passed with at least {@value #LEAST_EVENTS} passages
 */
public record ExponentialTail(
    double delay,
    double rate,
    double standardError,
    int events,
    int atRisk,
    double pValue,
    boolean exponential) {
  /** Significance at which a tail counts as not exponential. */
  public static final double LEAST_P = 0.1;

  /** Fewest passages that a delay leaves, and for which the tail counts as tested. */
  public static final int LEAST_EVENTS = 10;

  private static final double[] SHARES = {0.05, 0.1, 0.2, 0.3, 0.5};

  /** Fits with the delay by the rule above. */
  public static ExponentialTail of(CensoredTimes passages) {
    ExponentialTail tail = beyond(passages, 0);
    SurvivalCurve curve = SurvivalCurve.of(passages);
    for (int i = 0; i < SHARES.length && !tail.exponential; i++) {
      double delay = curve.quantile(SHARES[i]);
      if (Double.isNaN(delay) || delay <= tail.delay) {
        continue;
      }
      ExponentialTail next = beyond(passages, delay);
      if (next.events < LEAST_EVENTS) {
        break;
      }
      tail = next;
    }
    return tail;
  }

  /**
   * Fits beyond a given delay. A passage at time 0 counts where the delay is 0: it does not fit an
   * exponential law.
   */
  public static ExponentialTail beyond(CensoredTimes passages, double delay) {
    boolean left = false;
    for (double time : passages.times()) {
      left |= time > delay;
    }
    if (!left && delay > 0) {
      return new ExponentialTail(delay, Double.NaN, Double.NaN, 0, 0, Double.NaN, false);
    }
    CensoredTimes rest = delay > 0 ? passages.after(delay) : passages;
    int events = rest.events();
    // all passed at once: an infinite rate
    double rate = events == 0 ? 0 : events / rest.exposure();
    double error = events == 0 ? Double.NaN : rate / Math.sqrt(events);
    double p = events < 2 ? Double.NaN : shapeTest(rest, rate);
    return new ExponentialTail(
        delay, rate, error, events, rest.replicas(), p, events >= LEAST_EVENTS && p >= LEAST_P);
  }

  /** S(t)/S(t₀) of the fit. */
  public double at(double time) {
    return Math.exp(-rate * (time - delay));
  }

  private static double shapeTest(CensoredTimes rest, double rate) {
    int events = rest.events();
    double logs = 0;
    double weighted = 0;
    double squares = 0;
    for (int r = 0; r < rest.replicas(); r++) {
      double scaled = rate * rest.times()[r];
      double log = Math.log(scaled);
      if (rest.observed()[r]) {
        if (!(scaled > 0 && scaled < Double.POSITIVE_INFINITY)) {
          return 0; // a passage at once has no probability under an exponential law
        }
        logs += log;
      }
      weighted += scaled > 0 ? scaled * log : 0;
      squares += scaled > 0 ? scaled * log * log : 0;
    }
    // in units of 1/λ, where log λ drops out
    double score = events + logs - weighted;
    double variance = events + squares - weighted * weighted / events;
    return Quantiles.chiSquareTail(score * score / variance, 1);
  }
}
