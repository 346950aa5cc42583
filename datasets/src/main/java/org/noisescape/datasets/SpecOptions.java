package org.noisescape.datasets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.files.Decimal;
import org.noisescape.registry.NearestName;

/** The options of a specification such as {@code gaussian-regression:d=4,n=10000}. */
public final class SpecOptions {
  private final String name;
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * Reads {@code key=value,key=value}.
   *
   * @param name the data set, for errors
   * @param text what follows the colon, may be empty
   * @param known the keys that exist
   * @throws DataException where a key is unknown, there twice or without a value
   */
  public SpecOptions(String name, String text, List<String> known) {
    this.name = name;
    if (text.isEmpty()) {
      return;
    }
    for (String option : text.split(",", -1)) {
      int equals = option.indexOf('=');
      if (equals < 1) {
        throw new DataException(
            name + ": options read key=value, got '" + option + "' (known: " + join(known) + ")");
      }
      String key = option.substring(0, equals);
      if (!known.contains(key)) {
        throw new DataException(NearestName.unknown("option of " + name, key, known));
      }
      if (values.put(key, option.substring(equals + 1)) != null) {
        throw new DataException(name + ": option " + key + " is given twice");
      }
    }
  }

  /**
   * Refuses any option.
   *
   * @param text what is left of the options
   * @param known the options that exist, for the message
   */
  static void requireNone(String name, String text, List<String> known) {
    if (!text.isEmpty()) {
      String key = text.replaceFirst("[=,].*", "");
      throw new DataException(NearestName.unknown("option of " + name, key, known));
    }
  }

  /** The value of a key as it was written. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** One of some words. */
  public Optional<String> choice(String key, List<String> words) {
    Optional<String> word = text(key);
    if (word.isPresent() && !words.contains(word.get())) {
      throw new DataException(
          "%s: %s must be one of %s, got '%s'".formatted(name, key, join(words), word.get()));
    }
    return word;
  }

  /** A whole number between two bounds. */
  public int integer(String key, int absent, int least, int most) {
    return (int) number(key, absent, least, most);
  }

  /** A whole number of 64 bits. */
  public long seed(String key) {
    return number(key, 0, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** A finite number of at least 0. */
  public double deviation(String key, double absent) {
    String text = values.get(key);
    if (text == null) {
      return absent;
    }
    double value;
    try {
      value = Decimal.parse(text);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value >= 0 && value < Float.MAX_VALUE)) {
      throw new DataException(name + ": " + key + " must be a number >= 0, got '" + text + "'");
    }
    return value;
  }

  private long number(String key, long absent, long least, long most) {
    String text = values.get(key);
    if (text == null) {
      return absent;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw outside(key, text, least, most);
    }
    throw outside(key, text, least, most);
  }

  private DataException outside(String key, String text, long least, long most) {
    return new DataException(
        name
            + ": "
            + key
            + " must be a whole number between "
            + least
            + " and "
            + most
            + ", got '"
            + text
            + "'");
  }

  private static String join(List<String> names) {
    return String.join(", ", names);
  }
}
