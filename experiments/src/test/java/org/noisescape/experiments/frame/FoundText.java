package org.noisescape.experiments.frame;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.noisescape.experiments.fit.Verdict;

/** Findings as text, so that a test can write out all of them. */
public final class FoundText {
  private static final MathContext DIGITS = new MathContext(6);
  private static final double ROUNDING = 1e-12;

  private FoundText() {}

  /** A line a measurement: name | value | standard error | theory | verdict, {@code -} for none. */
  public static String numbers(Findings found) {
    return lines(found.measurements());
  }

  /** A line {@code rival name: verdict} a rival, and below it its numbers as above. */
  public static String rivals(Findings found) {
    return found.rivals().stream()
        .map(r -> "rival %s: %s\n%s".formatted(r.name(), r.verdict(), lines(r.measurements())))
        .collect(Collectors.joining());
  }

  private static String lines(List<NamedMeasurement> numbers) {
    return numbers.stream()
        .map(m -> line(m.name(), m.value(), m.standardError(), m.theory(), m.verdict()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** One of these lines. */
  public static String line(
      String name, double value, double error, double theory, Optional<Verdict> verdict) {
    return String.join(
        " | ",
        name,
        number(value),
        number(error),
        number(theory),
        verdict.map(Verdict::name).orElse("-"));
  }

  /** A table, by its place. */
  public static String table(Findings found, int index) {
    return found.tables().get(index).text();
  }

  /** Six digits; 0 for what rounding leaves of it. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return Math.abs(value) < ROUNDING
        ? "0"
        : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
