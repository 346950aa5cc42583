package org.noisescape.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Products and sums of sizes: made in long arithmetic and checked where they are made. */
public final class Sizes {
  /** The most elements of one Java array, and so of one index of a tensor's first axis. */
  public static final int MOST = Integer.MAX_VALUE - 8;

  private Sizes() {}

  /**
   * The product of factors, at most {@link #MOST}.
   *
   * @param what is counted, for the message
   * @param remedy what to take instead
   * @throws IllegalArgumentException in one line where a factor is negative or the product too
   *     large
   */
  public static int product(String what, String remedy, long... factors) {
    long product = saturated(factors);
    if (product < 0 || product > MOST) {
      throw tooLarge(what, remedy, product, " x ", factors);
    }
    return (int) product;
  }

  /** The sum of terms that are not negative, at most {@link #MOST}; errors as of a product. */
  public static int sum(String what, String remedy, long... terms) {
    long sum = 0;
    for (long term : terms) {
      sum = term < 0 || term > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + term;
    }
    if (sum > MOST) {
      throw tooLarge(what, remedy, sum, " + ", terms);
    }
    return (int) sum;
  }

  /**
   * The product of factors; {@link Long#MAX_VALUE} where it is larger, −1 where one is negative.
   */
  public static long saturated(long... factors) {
    long product = 1;
    for (long factor : factors) {
      if (factor < 0) {
        return -1;
      }
    }
    for (long factor : factors) {
      if (factor == 0) {
        return 0;
      }
      product = product > Long.MAX_VALUE / factor ? Long.MAX_VALUE : product * factor;
    }
    return product;
  }

  private static IllegalArgumentException tooLarge(
      String what, String remedy, long result, String sign, long... parts) {
    String written =
        Arrays.stream(parts).mapToObj(Long::toString).collect(Collectors.joining(sign));
    String value = result < 0 || result == Long.MAX_VALUE || parts.length < 2 ? "" : " = " + result;
    return new IllegalArgumentException(
        what
            + ": "
            + written
            + value
            + (result < 0 ? " must be 0 or more: " : ", at most " + MOST + " are possible: ")
            + remedy);
  }
}
