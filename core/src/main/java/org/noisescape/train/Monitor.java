package org.noisescape.train;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A measured quantity that a run is watched by, and where it is to go.
 *
 * @param metric its name among the quantities of {@link Measurement}
 * @param aim whether it is better small or large
 */
public record Monitor(String metric, Aim aim) {
  /** Names of losses and of accuracies, also those of classes. */
  private static final Pattern LOSS = Pattern.compile("(.+_)?loss");

  private static final Pattern ACCURACY = Pattern.compile("(.+_)?accuracy(_\\d+)?");

  /** The time of a step is no function of the run. */
  private static final String TIME = "step_time_s";

  /** Which of two values is better. */
  public enum Aim {
    /** The smaller one. */
    MIN {
      @Override
      boolean better(double value, double than) {
        return value < than;
      }
    },
    /** The larger one. */
    MAX {
      @Override
      boolean better(double value, double than) {
        return value > than;
      }
    };

    /** Whether a value is better, and not as good, as another. */
    abstract boolean better(double value, double than);

    /** As users write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks the name. */
  public Monitor {
    if (metric.isBlank() || !metric.equals(metric.strip()) || metric.contains(":")) {
      throw new IllegalArgumentException(
          "a monitor must name a measured quantity such as test_loss, got '%s'".formatted(metric));
    }
    if (metric.equals(TIME)) {
      throw new IllegalArgumentException(
          "%s is a time, which differs from run to run: name a measured quantity such as test_loss"
              .formatted(TIME));
    }
  }

  /**
   * The monitor of a text: {@code test_loss}, {@code noise_strength:min}.
   *
   * @throws IllegalArgumentException in one line where it makes no sense
   */
  public static Monitor parse(String text) {
    int colon = text.indexOf(':');
    String metric = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    for (Aim aim : Aim.values()) {
      if (rest.equals(aim.text())) {
        return new Monitor(metric, aim);
      }
    }
    if (colon >= 0) {
      throw new IllegalArgumentException(
          "monitor '%s': behind the colon stands min or max, got '%s'".formatted(text, rest));
    }
    return of(metric, metric + ":");
  }

  /**
   * The monitor of a quantity whose name says where it is to go: losses are better small,
   * accuracies large.
   *
   * @param remedy what min or max would be written behind, for the message
   * @throws IllegalArgumentException where the name does not say it
   */
  static Monitor of(String metric, String remedy) {
    if (LOSS.matcher(metric).matches()) {
      return new Monitor(metric, Aim.MIN);
    }
    if (ACCURACY.matcher(metric).matches()) {
      return new Monitor(metric, Aim.MAX);
    }
    Monitor named = new Monitor(metric, Aim.MIN);
    throw new IllegalArgumentException(
        "'%s' is neither a loss nor an accuracy: say whether it is better small or large, %smin or %smax"
            .formatted(named.metric(), remedy, remedy));
  }

  /** As users write it; {@link #parse} gives the same monitor back. */
  public String text() {
    return metric + ":" + aim.text();
  }
}
