package org.noisescape.krylov;

import java.util.Arrays;

/**
 * Numbers of samples 0, 1, …, as many as were put in: nobody knows beforehand how many it takes.
 */
final class Samples {
  private static final int START = 64;

  private double[] values = new double[START];
  private int count;

  /** Puts in the numbers of samples first, …; they follow those before or replace them. */
  void put(int first, double... numbers) {
    int end = first + numbers.length;
    if (end > values.length) {
      values = Arrays.copyOf(values, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * end));
    }
    System.arraycopy(numbers, 0, values, first, numbers.length);
    count = end;
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** A copy of them. */
  double[] toArray() {
    return Arrays.copyOf(values, count);
  }

  /** Their mean. */
  double mean() {
    return Estimate.mean(values, count, 0).value();
  }
}
