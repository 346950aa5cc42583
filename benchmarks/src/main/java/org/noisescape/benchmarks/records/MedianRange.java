package org.noisescape.benchmarks.records;

import java.util.Locale;

/**
 * What repeated measurements gave.
 *
 * @param median the middle one
 * @param least the smallest
 * @param most the largest
 */
public record MedianRange(double median, double least, double most) {
  /** With three digits, for example {@code 0.61 (0.58–0.70)}; the median alone where all agree. */
  public String text() {
    String middle = number(median);
    return least == most ? middle : "%s (%s–%s)".formatted(middle, number(least), number(most));
  }

  /** Three digits, and as many zeros as the number needs. */
  static String number(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    double size = Math.abs(value);
    if (size >= 1e6 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
