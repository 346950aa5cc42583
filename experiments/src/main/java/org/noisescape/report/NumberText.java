package org.noisescape.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them. */
public final class NumberText {
  private static final MathContext DIGITS = new MathContext(4);

  private NumberText() {}

  /** Four significant digits, without trailing zeros; {@code –} for NaN. */
  public static String of(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "–" : Double.toString(value);
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return Long.toString((long) value);
    }
    double size = Math.abs(value);
    if (size >= 1e-3 && size < 1e6) {
      return BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
    return String.format(Locale.ROOT, "%.3e", value).replace("e-0", "e-").replace("e+0", "e");
  }

  /** All digits; a whole number without a decimal point. */
  public static String exact(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /** Value and standard error, both to the second significant digit of the error. */
  public static String withError(double value, double error) {
    if (!Double.isFinite(value) || !(error > 0) || !Double.isFinite(error)) {
      return of(value);
    }
    int decimals = 1 - (int) Math.floor(Math.log10(error));
    if (decimals < 0 || decimals > 6) {
      return of(value) + " ± " + of(error);
    }
    String format = "%." + decimals + "f";
    return String.format(Locale.ROOT, format + " ± " + format, value, error);
  }
}
