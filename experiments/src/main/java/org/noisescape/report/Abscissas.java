package org.noisescape.report;

import java.util.stream.IntStream;

/** Abscissas at which the line of a function is drawn. */
public final class Abscissas {
  private Abscissas() {}

  /** Ends of so many pieces of one width. */
  public static double[] even(double from, double to, int pieces) {
    return IntStream.rangeClosed(0, pieces)
        .mapToDouble(i -> from + (to - from) * i / pieces)
        .toArray();
  }

  /** Ends of so many pieces of one ratio; both ends above zero. */
  public static double[] geometric(double from, double to, int pieces) {
    return IntStream.rangeClosed(0, pieces)
        .mapToDouble(i -> from * Math.pow(to / from, (double) i / pieces))
        .toArray();
  }
}
