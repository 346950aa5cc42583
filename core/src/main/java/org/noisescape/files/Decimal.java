package org.noisescape.files;

import java.util.regex.Pattern;

/**
 * Numbers as people write them: digits with a point and an exponent of ten, {@code NaN}, {@code
 * Infinity}.
 *
 * <p>{@link Double#parseDouble} also reads what only a Java program means: {@code 1d}, {@code
 * 0x1p-3}.
 */
public final class Decimal {
  private static final Pattern WRITTEN =
      Pattern.compile("[+-]?((\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|NaN|Infinity)");

  private Decimal() {}

  /**
   * The number of a text, blanks around it aside; infinite where it is too large for one.
   *
   * @throws NumberFormatException if it is none
   */
  public static double parse(String text) {
    String word = text.strip();
    if (!WRITTEN.matcher(word).matches()) {
      throw new NumberFormatException("no decimal number: " + word);
    }
    return Double.parseDouble(word);
  }
}
