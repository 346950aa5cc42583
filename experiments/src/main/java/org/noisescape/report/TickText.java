package org.noisescape.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/** Numbers beside ticks, all of one axis in one notation: plain, or with a power of ten. */
final class TickText extends NumberFormat {
  private static final long serialVersionUID = 1;

  private static final double LEAST_PLAIN = 1e-3;
  private static final double MOST_PLAIN = 1e5;

  private static final MathContext DIGITS = new MathContext(6);

  private final int decimals;
  private final boolean powers;

  private TickText(int decimals, boolean powers) {
    this.decimals = decimals;
    this.powers = powers;
  }

  /**
   * Of an axis with ticks at multiples of a unit.
   *
   * @param furthest largest size of a number on the axis
   */
  static TickText even(double unit, double furthest) {
    int decimals = Math.max(0, -(int) Math.floor(Math.log10(unit) + 1e-9));
    return new TickText(decimals, hasPowers(unit, furthest));
  }

  /** Whether numbers of such an axis are written with powers of ten. */
  static boolean hasPowers(double unit, double furthest) {
    return furthest >= MOST_PLAIN || unit < LEAST_PLAIN * 0.1;
  }

  /** Of a logarithmic axis with labels between two numbers. */
  static TickText between(double least, double most) {
    return new TickText(-1, least < LEAST_PLAIN || most >= MOST_PLAIN);
  }

  /** Of powers of ten, as such. */
  static TickText powers() {
    return new TickText(-1, true);
  }

  String of(double value) {
    return (powers && value != 0 ? withPower(value) : plain(value)).replace('-', '−');
  }

  private String plain(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal rounded =
        decimals < 0
            ? exact.round(DIGITS).stripTrailingZeros()
            : exact.setScale(decimals, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  private static String withPower(double value) {
    BigDecimal number = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
    int power = number.precision() - number.scale() - 1;
    BigDecimal factor = number.movePointLeft(power).stripTrailingZeros();
    String ten = "10^{" + power + "}";
    return factor.compareTo(BigDecimal.ONE) == 0 ? ten : factor.toPlainString() + "·" + ten;
  }

  @Override
  public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
    return to.append(of(number));
  }

  @Override
  public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
    return to.append(of((double) number));
  }

  @Override
  public Number parse(String source, ParsePosition position) {
    throw new UnsupportedOperationException("ticks are written only");
  }
}
