package org.noisescape.optim;

/**
 * A mean of the parameters over the course of a run.
 *
 * <p>Exponential: θ̄ ← d θ̄ + (1 − d) θ after every step, θ after the first. Polyak: the mean of θ
 * after each step from an epoch on. SWA: the mean of θ after that epoch and after every so many
 * more. Sources: Polyak and Juditsky (1992); Izmailov et al. (2018), "Averaging weights leads to
 * wider optima and better generalization"; PyTorch's {@code AveragedModel}.
 *
 * @param kind what is averaged
 * @param decay d of the exponential mean, in [0, 1)
 * @param from epoch of the first θ of the other means, ≥ 0
 * @param every epochs between two of them for SWA, > 0
 */
public record IterateAverage(Kind kind, double decay, double from, double every)
    implements AverageRule {
  /** What is averaged. */
  public enum Kind {
    /** All θ, those long ago exponentially less. */
    EXPONENTIAL,
    /** θ of every step from an epoch on. */
    POLYAK,
    /** θ once in so many epochs, from an epoch on. */
    SWA
  }

  /** Checks the numbers. */
  public IterateAverage {
    Range.decay("ema", decay);
    Range.notNegative("the epoch an average begins at", from);
    if (!(every > 0 && every < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("swa: every must be a number of epochs > 0, got " + every);
    }
  }

  /** The exponential mean. */
  public static IterateAverage exponential(double decay) {
    return new IterateAverage(Kind.EXPONENTIAL, decay, 0, 1);
  }

  /** The mean over all steps from an epoch on. */
  public static IterateAverage polyak(double from) {
    return new IterateAverage(Kind.POLYAK, 0, from, 1);
  }

  /** The mean over the epochs from, from + every, …. */
  public static IterateAverage swa(double from, double every) {
    return new IterateAverage(Kind.SWA, 0, from, every);
  }

  @Override
  public String text() {
    return switch (kind) {
      case EXPONENTIAL -> "ema:" + decay;
      case POLYAK -> "polyak:from=" + from;
      case SWA -> "swa:from=" + from + ",every=" + every;
    };
  }

  @Override
  public boolean begun(long done, RunClock clock) {
    return done >= first(clock);
  }

  /** The first step after which θ enters. */
  private long first(RunClock clock) {
    if (kind == Kind.EXPONENTIAL) {
      return 1;
    }
    long first = clock.step(from);
    return first > 0 ? first : kind == Kind.POLYAK ? 1 : clock.step(every);
  }

  @Override
  public double weight(long done, RunClock clock) {
    if (!begun(done, clock)) {
      return 0;
    }
    if (kind == Kind.EXPONENTIAL) {
      return done == 1 ? 1 : 1 - decay;
    }
    long first = first(clock);
    if (kind == Kind.POLYAK) {
      return 1.0 / (done - first + 1);
    }
    double start = clock.epoch(first);
    long number = Math.round((clock.epoch(done) - start) / every);
    return clock.step(start + number * every) == done ? 1.0 / (number + 1) : 0;
  }
}
