package org.noisescape.krylov;

import java.util.function.Supplier;

/**
 * When an estimate from independent random vectors is good enough: standard error ≤ max(relative ·
 * |value|, absolute).
 *
 * <p>A pilot of {@code least} vectors says how many are needed in all, a quarter more for its own
 * uncertainty; where their spread is larger than the pilot's, it is asked again. The standard error
 * is that of the largest spread any look has found, over the root of all vectors. So a spread that
 * came out small by chance does not stop early with a small error: with the pilot's spread and
 * Student's t of {@code least} − 1 degrees of freedom the interval is exact for normal samples,
 * since their mean does not depend on their spread (Stein 1945), and a larger spread only widens
 * it. Results do not depend on blocks.
 *
 * @param relative largest standard error relative to the value
 * @param absolute largest standard error
 * @param least vectors of the pilot, at least 2
 * @param most vectors after which it stops without having converged
 */
public record StoppingRule(double relative, double absolute, int least, int most) {
  /**
   * Two standard errors of 32 normal samples cover 94.6 of 100; ratios of skewed ones, as in an
   * alignment, 94 (400 seeds), where they cover 92 with 24.
   */
  private static final int DEFAULT_LEAST = 32;

  /** Vectors beyond what a look says are needed. */
  private static final double MARGIN = 1.25;

  /** Checks the ranges. */
  public StoppingRule {
    if (!(relative >= 0) || !(absolute >= 0)) {
      throw new IllegalArgumentException(
          "precisions must be >= 0, got relative " + relative + " and absolute " + absolute);
    }
    if (least < 2 || most < least) {
      throw new IllegalArgumentException(
          "need 2 <= least <= most vectors, got " + least + " and " + most);
    }
  }

  /** A relative standard error, from at most so many vectors. */
  public static StoppingRule relative(double relative, int most) {
    return relativeTo(0, relative, most);
  }

  /** A standard error relative to a part that is known beside what is estimated. */
  public static StoppingRule relativeTo(double known, double relative, int most) {
    return new StoppingRule(
        relative, relative * Math.abs(known), Math.min(DEFAULT_LEAST, most), most);
  }

  /** So many vectors, whatever comes out; counts as converged. */
  public static StoppingRule fixed(int vectors) {
    return new StoppingRule(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, vectors, vectors);
  }

  /** Whether an estimate is good enough. */
  public boolean metBy(Estimate estimate) {
    return estimate.standardError() <= absolute
        || estimate.standardError() <= relative * Math.abs(estimate.value());
  }

  /** Takes the sample of vectors first, …, first + count − 1. */
  @FunctionalInterface
  interface Sampler {
    void sample(int first, int count);
  }

  /** Degrees of freedom of the pilot. */
  int degreesOfFreedom() {
    return least - 1;
  }

  /** Samples in blocks until the estimate from all samples is good enough. */
  Estimate reach(int block, Sampler sampler, Supplier<Estimate> current) {
    int count = 0;
    int goal = least;
    double spread = 0;
    while (true) {
      while (count < goal) {
        int part = Math.min(block, goal - count);
        sampler.sample(count, part);
        count += part;
      }
      Estimate found = current.get();
      spread = Math.max(spread, found.standardError() * Math.sqrt(count));
      Estimate estimate =
          new Estimate(
              found.value(),
              spread / Math.sqrt(count),
              degreesOfFreedom(),
              false,
              found.products());
      boolean met = metBy(estimate);
      // not a number: the estimate is not defined, and more vectors do not change that
      if (met || count == most || Double.isNaN(estimate.value())) {
        return estimate.converged(met);
      }
      double target = Math.max(absolute, relative * Math.abs(estimate.value()));
      double needed = Math.ceil(MARGIN * Math.pow(spread / target, 2));
      goal = (int) Math.clamp(needed, Math.min(most, count + 1), most);
    }
  }
}
