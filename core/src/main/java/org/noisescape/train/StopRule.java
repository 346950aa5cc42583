package org.noisescape.train;

import org.noisescape.files.Decimal;
import org.noisescape.train.Monitor.Aim;

/**
 * When a run ends before its last step: where a quantity has reached a value, or has not become
 * better for a while.
 *
 * <p>With patience p and δ, a measurement counts as better where it lies more than δ beyond the
 * best so far; the run ends at the p-th measurement in a row that is not (early stopping: Prechelt
 * 1998; Keras' and Lightning's {@code EarlyStopping} with {@code patience} and {@code min_delta}).
 * Patience counts measurements of that quantity, whatever their distance, the one at step 0 among
 * them. With several replicas the mean over replicas is watched.
 *
 * @param monitor what is watched
 * @param patience p ≥ 1; 0 where a value is to be reached
 * @param delta δ ≥ 0; 0 where a value is to be reached
 * @param reaches the value; not-a-number with patience
 */
public record StopRule(Monitor monitor, int patience, double delta, double reaches) {
  private static final String USAGE =
      "write for example test_loss:patience=5, test_loss:patience=5,delta=1e-3 or test_accuracy:reaches=0.94";

  /** Checks the numbers. */
  public StopRule {
    if (Double.isNaN(reaches) ? patience < 1 : patience != 0 || delta != 0) {
      throw new IllegalArgumentException(
          "a stop rule has a patience >= 1, or a value to reach and neither patience nor delta");
    }
    if (!(delta >= 0 && delta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("delta must be a number >= 0, got " + delta);
    }
    if (Double.isInfinite(reaches)) {
      throw new IllegalArgumentException("the value to reach must be finite, got " + reaches);
    }
  }

  /**
   * The rule of a text: {@code test_loss:patience=5}, {@code test_loss:patience=5,delta=1e-3},
   * {@code test_accuracy:reaches=0.94}; {@code ,min} or {@code ,max} behind it for what is neither
   * a loss nor an accuracy.
   *
   * @throws IllegalArgumentException in one line where it makes no sense
   */
  public static StopRule parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw wrong(text, USAGE);
    }
    int patience = 0;
    double delta = 0;
    double reaches = Double.NaN;
    Aim aim = null;
    for (String part : text.substring(colon + 1).split(",", -1)) {
      String key = part.substring(0, part.contains("=") ? part.indexOf('=') + 1 : part.length());
      String value = part.substring(key.length());
      boolean fresh =
          switch (key) {
            case "patience=" -> patience == 0;
            case "delta=" -> delta == 0;
            case "reaches=" -> Double.isNaN(reaches);
            case "min", "max" -> aim == null;
            default -> throw wrong(text, "'" + part + "' is unknown, " + USAGE);
          };
      if (!fresh) {
        throw wrong(text, key.replace("=", "") + " is given twice");
      }
      switch (key) {
        case "patience=" -> patience = count(text, value);
        case "delta=" -> delta = number(text, "delta", value);
        case "reaches=" -> reaches = number(text, "reaches", value);
        default -> aim = key.equals("min") ? Aim.MIN : Aim.MAX;
      }
    }
    if (patience == 0 && Double.isNaN(reaches)) {
      throw wrong(text, "it has neither patience nor a value to reach, " + USAGE);
    }
    if (!Double.isNaN(reaches) && (patience > 0 || delta != 0)) {
      throw wrong(text, "a value to reach goes with neither patience nor delta: give two rules");
    }
    String metric = text.substring(0, colon);
    try {
      return new StopRule(
          aim == null ? Monitor.of(metric, text + ",") : new Monitor(metric, aim),
          patience,
          delta,
          reaches);
    } catch (IllegalArgumentException e) {
      throw wrong(text, e.getMessage());
    }
  }

  private static int count(String rule, String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException e) {
      throw wrong(rule, "patience must be a whole number >= 1, got '" + text + "'");
    }
    throw wrong(rule, "patience must be a whole number >= 1, got '" + text + "'");
  }

  private static double number(String rule, String key, String text) {
    try {
      double value = Decimal.parse(text);
      if (Double.isFinite(value) && (!key.equals("delta") || value >= 0)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(rule, key + " must be a number, got '" + text + "'");
    }
    throw wrong(
        rule,
        "%s must be a number%s, got '%s'".formatted(key, key.equals("delta") ? " >= 0" : "", text));
  }

  private static IllegalArgumentException wrong(String rule, String what) {
    return new IllegalArgumentException("stop rule '%s': %s".formatted(rule, what));
  }

  /** Whether a value is to be reached. */
  public boolean isTarget() {
    return patience == 0;
  }

  /** Whether a value is as good as the one to reach. */
  boolean reached(double value) {
    return isTarget() && !monitor.aim().better(reaches, value);
  }

  /** As users write it; {@link #parse} gives the same rule back. */
  public String text() {
    String when =
        isTarget()
            ? "reaches=" + reaches
            : "patience=" + patience + (delta == 0 ? "" : ",delta=" + delta);
    return monitor.metric() + ":" + when + "," + monitor.aim().text();
  }
}
