package org.noisescape.experiments;

import java.util.Locale;

/** An outcome as lines for a terminal. */
final class OutcomeText {
  private static final int WIDTH = 78;
  private static final String INDENT = "           ";

  private OutcomeText() {}

  static String of(ExperimentOutcome outcome) {
    StringBuilder text = new StringBuilder();
    text.append("%s (%s)\n".formatted(outcome.id(), outcome.preset().label()));
    text.append("verdict    %s\n".formatted(outcome.verdict()));
    text.append("criterion  ").append(wrap(outcome.criterion())).append('\n');
    int name =
        outcome.measurements().stream().mapToInt(m -> m.name().length()).max().orElse(0);
    for (NamedMeasurement measurement : outcome.measurements()) {
      String theory =
          Double.isNaN(measurement.theory()) ? "" : "   theory " + number(measurement.theory());
      text.append(
          ("  %-" + Math.max(1, name) + "s  %s%s\n")
              .formatted(measurement.name(), withError(measurement), theory));
    }
    return text.toString();
  }

  private static String withError(NamedMeasurement measurement) {
    if (Double.isNaN(measurement.value())) {
      return "no data";
    }
    if (Double.isNaN(measurement.standardError())) {
      return number(measurement.value());
    }
    return number(measurement.value()) + " ± " + number(measurement.standardError());
  }

  /** Four significant digits, without trailing zeros. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return Long.toString((long) value);
    }
    double size = Math.abs(value);
    return size >= 1e-3 && size < 1e5
        ? java.math.BigDecimal.valueOf(value)
            .round(new java.math.MathContext(4))
            .stripTrailingZeros()
            .toPlainString()
        : String.format(Locale.ROOT, "%.3g", value);
  }

  private static String wrap(String text) {
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    for (String word : text.split("\\s+")) {
      if (column > 0 && column + 1 + word.length() > WIDTH - INDENT.length()) {
        wrapped.append('\n').append(INDENT);
        column = 0;
      } else if (column > 0) {
        wrapped.append(' ');
        column++;
      }
      wrapped.append(word);
      column += word.length();
    }
    return wrapped.toString();
  }
}
