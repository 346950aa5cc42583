package org.noisescape.cli;

import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noisescape.registry.NearestName;

/**
 * What a run must be to be listed: {@code KEY=VALUE}, with {@code !=}, {@code <}, {@code <=},
 * {@code >}, {@code >=} for {@code =}. Two numbers are compared as such, anything else as text.
 *
 * @param key setting, number measured last, or field of the list
 * @param sign how it is compared
 * @param value with what
 */
record RunCondition(String key, String sign, String value) {
  private static final Pattern FORM = Pattern.compile("(?s)([^<>=!]+)(<=|>=|!=|=|<|>)(.*)");

  /** Reads one. */
  static RunCondition parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "--where must be KEY=VALUE, or with !=, <, <=, >, >= between them and quotes around it,"
              + " got '"
              + text
              + "'");
    }
    return new RunCondition(
        form.group(1).strip().replaceFirst("^--", ""), form.group(2), form.group(3).strip());
  }

  /** Whether a run is so; one that says nothing of the key is not. */
  boolean holds(Map<String, String> fields) {
    String own = fields.get(key);
    if (own == null) {
      return false;
    }
    int order = order(own, value);
    return switch (sign) {
      case "=" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  /** By size where both are numbers, else as text. */
  static int order(String one, String other) {
    try {
      return Double.compare(Double.parseDouble(one), Double.parseDouble(other));
    } catch (NumberFormatException e) {
      return one.compareTo(other);
    }
  }

  /** Requires that a key is one of those there are. */
  static void requireKnown(String option, String key, Collection<String> known) {
    if (!known.isEmpty() && !known.contains(key)) {
      throw new IllegalArgumentException(NearestName.unknown("key of " + option, key, known));
    }
  }
}
