package org.noisescape.cli;

import java.util.Locale;

/** Times as people read them. */
final class Durations {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Durations() {}

  /** Minutes and seconds, {@code 0:42}; with hours, {@code 1:02:03}; from a day on with days. */
  static String clock(double seconds) {
    long whole = (long) seconds;
    String rest = String.format(Locale.ROOT, "%02d:%02d", whole % HOUR / MINUTE, whole % MINUTE);
    if (whole < HOUR) {
      return rest.startsWith("0") ? rest.substring(1) : rest;
    }
    if (whole < DAY) {
      return whole / HOUR + ":" + rest;
    }
    return "%dd %02d:%s".formatted(whole / DAY, whole % DAY / HOUR, rest);
  }

  /** An estimate, no finer than it is known: {@code 8 s}, {@code 40 s}, {@code 12 min}. */
  static String about(double seconds) {
    if (seconds < 10) {
      return Math.max(1, Math.round(seconds)) + " s";
    }
    if (seconds < 2 * MINUTE) {
      return Math.round(seconds / 5) * 5 + " s";
    }
    if (seconds < 2 * HOUR) {
      return Math.round(seconds / MINUTE) + " min";
    }
    return seconds < 2 * DAY
        ? Math.round(seconds / HOUR) + " h"
        : Math.round(seconds / DAY) + " days";
  }
}
