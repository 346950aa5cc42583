package org.noisescape.cli;

import org.noisescape.files.Decimal;
import org.noisescape.train.Interval;

/** How often a training says in a line where it is. */
sealed interface LogEvery {
  /** As users write it. */
  String FORM = "WHEN is 1epoch, 100 (steps), log1.5 or 30s";

  /** An epoch, or so many that a line comes a second at most. */
  record Epochs() implements LogEvery {}

  /**
   * Points of the run.
   *
   * @param interval where they are
   */
  record Points(Interval interval) implements LogEvery {}

  /**
   * Time.
   *
   * @param seconds from line to line at least
   */
  record Seconds(double seconds) implements LogEvery {}

  /**
   * What a text says; the default for null.
   *
   * @throws IllegalArgumentException where it says nothing
   */
  static LogEvery parse(String text) {
    if (text == null) {
      return new Epochs();
    }
    try {
      if (text.endsWith("s") && !text.endsWith("epochs")) {
        double seconds = Decimal.parse(text.substring(0, text.length() - 1));
        if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException("--log-every " + text + ": the time must be > 0");
        }
        return new Seconds(seconds);
      }
      return new Points(Interval.parse(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--log-every " + text + ": " + FORM, e);
    } catch (IllegalArgumentException e) {
      if (e.getMessage().startsWith("--")) {
        throw e;
      }
      throw new IllegalArgumentException("--log-every " + text + ": " + FORM, e);
    }
  }
}
