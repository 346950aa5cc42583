package org.noisescape.krylov;

import java.util.function.Supplier;

/**
 * When an estimate from independent random vectors is good enough: standard error ≤ max(relative ·
 * |value|, absolute).
 *
 * <p>Looked at after {@code least} vectors and then each time their number has grown by a quarter,
 * so that results do not depend on blocks. What adaptive stopping does: the number of vectors then
 * depends on the values, and stopping happens rather where the spread came out small, so that the
 * stated standard error is a little low, by less the larger {@code least} is. A fixed number of
 * vectors ({@link #fixed}) has no such bias.
 *
 * @param relative largest standard error relative to the value
 * @param absolute largest standard error
 * @param least vectors before the first look, at least 2
 * @param most vectors after which it stops without having converged
 */
public record Precision(double relative, double absolute, int least, int most) {
  private static final int DEFAULT_LEAST = 16;

  /** Checks the ranges. */
  public Precision {
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
  public static Precision relative(double relative, int most) {
    return new Precision(relative, 0, Math.min(DEFAULT_LEAST, most), most);
  }

  /** So many vectors, whatever comes out; counts as converged. */
  public static Precision fixed(int vectors) {
    return new Precision(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, vectors, vectors);
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

  /** Samples in blocks until the estimate from all samples so far is good enough. */
  Estimate reach(int block, Sampler sampler, Supplier<Estimate> current) {
    int count = 0;
    int goal = least;
    while (true) {
      while (count < goal) {
        int part = Math.min(block, goal - count);
        sampler.sample(count, part);
        count += part;
      }
      Estimate estimate = current.get();
      boolean met = metBy(estimate);
      if (met || count == most) {
        return new Estimate(estimate.value(), estimate.standardError(), met, estimate.products());
      }
      goal = Math.min(most, count + Math.max(1, count / 4));
    }
  }
}
