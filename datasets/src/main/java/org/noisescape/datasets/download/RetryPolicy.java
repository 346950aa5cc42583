package org.noisescape.datasets.download;

import java.time.Duration;

/**
 * How patient a download is.
 *
 * @param connectTimeout for a connection to be made
 * @param stallTimeout for the answer to begin, and between two pieces of it
 * @param attempts tries a mirror that bring less than {@link #PROGRESS} new bytes, before the next
 *     mirror
 * @param firstDelay before the second try where the server does not say; doubles from try to try
 * @param longestDelay caps every delay, a server's Retry-After included
 */
public record RetryPolicy(
    Duration connectTimeout,
    Duration stallTimeout,
    int attempts,
    Duration firstDelay,
    Duration longestDelay) {
  /** New bytes that make a try count as a success of sorts. */
  static final long PROGRESS = 1 << 20;

  /** Patient enough for slow lines, and done with a dead mirror within two minutes. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          3,
          Duration.ofSeconds(1),
          Duration.ofSeconds(30));

  /** Checks that there is a try and that the times are times. */
  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be >= 1, got " + attempts);
    }
    if (!connectTimeout.isPositive() || !stallTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "timeouts must be > 0, got " + connectTimeout + " and " + stallTimeout);
    }
    if (firstDelay.isNegative() || longestDelay.isNegative()) {
      throw new IllegalArgumentException(
          "delays must be >= 0, got " + firstDelay + " and " + longestDelay);
    }
  }

  /** The delay after so many failures in a row, at least one. */
  Duration delay(int failures) {
    Duration delay = firstDelay.multipliedBy(1L << Math.min(failures - 1, 20));
    return capped(delay);
  }

  Duration capped(Duration delay) {
    return delay.compareTo(longestDelay) > 0 ? longestDelay : delay;
  }
}
